import { PermanentFailure } from '@frontdesk/kernel';
import { pollAfter } from '../poll-after.ts';
import type { SenderStanding, TwilioSenders } from '../ports.ts';
import { moveOn } from '../postgres/advance-senders.ts';
import { dropExternalId } from '../postgres/external-ids.ts';
import {
  failSender,
  failures,
  nameSender,
  troubles,
  type Acted,
  type HandPorts,
  type SenderActs,
  type SenderInHand,
} from './sender-hand.ts';
import { goneAtTwilio, offlineWords, refusedWords } from './sender-words.ts';
import { nextDailyLook } from './token-watch.ts';

export type TwilioActsPorts = HandPorts & { senders: TwilioSenders };

/** While another clinic's sender of the same number is being taken away. */
const notYet = Temporal.Duration.from({ minutes: 1 });

/** What has Twilio run a sender, keeps an eye on it, and takes it away. What may have been done is looked up first. */
export function twilioActs(ports: TwilioActsPorts): SenderActs {
  const { inTenant, senders, closeTasks, clock } = ports;

  async function create(sender: SenderInHand): Promise<SenderStanding> {
    const { number, displayName } = sender;
    return senders.create({ number, displayName: displayName ?? number });
  }

  /** One that is offline cannot be mended there: it makes room for a new one. */
  async function withoutOffline(standing: SenderStanding | null): Promise<SenderStanding | null> {
    if (standing?.status !== 'offline') return standing;
    await senders.remove(standing.externalId);
    return null;
  }

  async function connect(sender: SenderInHand): Promise<Acted> {
    const found = await senders.find(sender.number);
    // What has another's name is another's, until they have taken it away.
    if (found !== null && !(await nameSender(ports, sender, found.externalId))) return { at: clock().add(notYet) };
    const standing = (await withoutOffline(found)) ?? (await create(sender));
    if (!(await nameSender(ports, sender, standing.externalId))) return { at: clock().add(notYet) };
    await inTenant(sender.orgId, (tx) => moveOn(tx, sender, { step: 'created', now: clock() }));
    return 'go-on';
  }

  return {
    async connect(sender) {
      try {
        return await connect(sender);
      } catch (error) {
        if (!(error instanceof PermanentFailure)) throw error;
        return failSender(ports, sender, refusedWords('create', error));
      }
    },

    register: connect,

    async look(sender) {
      const standing = await senders.find(sender.number);
      const now = clock();
      if (standing === null) return failSender(ports, sender, goneAtTwilio);
      switch (standing.status) {
        case 'offline':
          return failSender(ports, sender, offlineWords(standing.reason));
        case 'creating':
          return { at: pollAfter(sender.stateAt, now) };
        case 'online':
          await inTenant(sender.orgId, async (tx) => {
            await moveOn(tx, sender, { event: 'came-online', now });
            await closeTasks(tx, { orgId: sender.orgId, causes: failures(sender), now });
          });
          return { at: nextDailyLook(null, now) };
      }
    },

    async leave(sender, { externalId }) {
      const { orgId, id } = sender;
      const named = externalId ?? (await ownAtTwilio(sender));
      if (named !== null) await senders.remove(named);
      await inTenant(orgId, async (tx) => {
        await moveOn(tx, sender, { step: 'left', now: clock() });
        await dropExternalId(tx, { orgId, id });
        await closeTasks(tx, { orgId, causes: troubles(sender), now: clock() });
      });
      return { at: null };
    },
  };

  /** A sender whose name we did not learn. One that another registration goes by is not ours to take away. */
  async function ownAtTwilio(sender: SenderInHand): Promise<string | null> {
    const found = await senders.find(sender.number);
    if (found === null) return null;
    return (await nameSender(ports, sender, found.externalId)) ? found.externalId : null;
  }
}

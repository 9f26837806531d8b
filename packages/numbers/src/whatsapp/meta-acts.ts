import { openToken, PermanentFailure, TransientFailure, type TokenKeys } from '@frontdesk/kernel';
import type { NumberAtMeta, WhatsAppAccounts } from '../ports.ts';
import { forgetSecrets, isAccountInUse, moveOn, noteHealth } from '../postgres/advance-senders.ts';
import { dropExternalId } from '../postgres/external-ids.ts';
import { secretsOfSender } from '../postgres/read-senders.ts';
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
import { expiryTask, refusedWords, signInAgain, type RefusedStep } from './sender-words.ts';
import { nextDailyLook, warningDue } from './token-watch.ts';

export type MetaActsPorts = HandPorts & { accounts: Omit<WhatsAppAccounts, 'exchangeCode'>; keys: TokenKeys };

/** What brings a sender at Meta online, keeps an eye on it, and takes leave of it. Repeated, each changes nothing. */
export function metaActs(ports: MetaActsPorts): SenderActs {
  const { inTenant, accounts, keys, openTask, closeTasks, clock } = ports;

  /** The account and what opens it. Null: it was disconnected, and its secrets are gone. */
  async function opened({ orgId, id, phoneNumberId, wabaId }: SenderInHand) {
    const secrets = await inTenant(orgId, (tx) => secretsOfSender(tx, { orgId, id }));
    if (secrets === null || phoneNumberId === null || wabaId === null) return null;
    const open = (sealed: typeof secrets.token) => openToken(sealed, orgId, keys);
    return { phoneNumberId, wabaId, token: open(secrets.token), pin: open(secrets.pin) };
  }
  type Opened = NonNullable<Awaited<ReturnType<typeof opened>>>;

  const withToken =
    (act: (sender: SenderInHand, account: Opened) => Promise<Acted>) =>
    async (sender: SenderInHand): Promise<Acted> => {
      const account = await opened(sender);
      return account === null ? failSender(ports, sender, signInAgain) : act(sender, account);
    };

  /** Asks for it; a final no ends in the state `failed`. */
  async function unlessRefused(step: RefusedStep, sender: SenderInHand, ask: () => Promise<Acted>): Promise<Acted> {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof PermanentFailure)) throw error;
      return failSender(ports, sender, refusedWords(step, error));
    }
  }

  async function move(sender: SenderInHand, to: Omit<Parameters<typeof moveOn>[2], 'now'>): Promise<Acted> {
    await inTenant(sender.orgId, (tx) => moveOn(tx, sender, { ...to, now: clock() }));
    return 'go-on';
  }

  async function note(sender: SenderInHand, number: NumberAtMeta, tokenExpiresAt: Temporal.Instant | null) {
    const { orgId, id } = sender;
    const now = clock();
    const warning = warningDue(tokenExpiresAt, now);
    await inTenant(orgId, async (tx) => {
      const { displayName, quality, textsPerSecond = null, peoplePerDay = null } = number;
      await noteHealth(tx, { orgId, id, displayName, quality, textsPerSecond, peoplePerDay, tokenExpiresAt });
      await closeTasks(tx, { orgId, causes: failures(sender), now });
      const causes = `${troubles(sender)}token:`;
      const isWarned = warning !== null && tokenExpiresAt !== null;
      const causeKey = isWarned ? `${causes}${tokenExpiresAt.epochMilliseconds}:${warning}` : '';
      await closeTasks(tx, { orgId, causes, but: causeKey, now });
      if (isWarned) await openTask(tx, { orgId, causeKey, reason: expiryTask(sender, warning), now });
    });
    return { at: nextDailyLook(tokenExpiresAt, now) };
  }

  return {
    connect: withToken((sender, { wabaId, token }) =>
      unlessRefused('subscribe', sender, async () => {
        await accounts.subscribe({ wabaId, token });
        return move(sender, { step: sender.state === 'online' ? 'registered' : 'subscribed' });
      }),
    ),

    register: withToken((sender, account) =>
      unlessRefused('register', sender, async () => {
        await accounts.register(account);
        return move(sender, { event: 'came-online', step: 'registered' });
      }),
    ),

    look: withToken(async (sender, account) => {
      const told = await accounts.inspectToken(account.token);
      if (told === null) return failSender(ports, sender, signInAgain);
      return unlessRefused('read', sender, async () => {
        const number = await accounts.readNumber(account);
        await subscribeAgain(account);
        // Several numbers may be in one account; its events come by one of them, and each looks every day.
        await nameSender(ports, sender, account.wabaId);
        return note(sender, number, told.expiresAt);
      });
    }),

    async leave(sender) {
      const { orgId, id } = sender;
      const account = await opened(sender);
      if (account !== null) await leaveAccount(sender, account);
      await inTenant(orgId, async (tx) => {
        await moveOn(tx, sender, { step: 'left', now: clock() });
        await forgetSecrets(tx, { orgId, id });
        await closeTasks(tx, { orgId, causes: troubles(sender), now: clock() });
        await dropExternalId(tx, { orgId, id });
      });
      return { at: null };
    },
  };

  /** Whoever left the account meanwhile may have taken our app with them. That it cannot be put back now is no end of the sender. */
  async function subscribeAgain(account: Opened): Promise<void> {
    try {
      await accounts.subscribe(account);
    } catch (error) {
      throw error instanceof PermanentFailure ? new TransientFailure(error.message, { cause: error }) : error;
    }
  }

  async function leaveAccount({ orgId }: SenderInHand, account: Opened): Promise<void> {
    const inUse = () => inTenant(orgId, (tx) => isAccountInUse(tx, account.wabaId));
    if (await inUse()) return;
    try {
      await accounts.unsubscribe(account);
      // Somebody came meanwhile.
      if (await inUse()) await accounts.subscribe(account);
    } catch (error) {
      // The permission has ended before: there is nothing left to give back.
      if (!(error instanceof PermanentFailure)) throw error;
    }
  }
}

import { Conflict, InvalidMessage, newId, present, withEffectsWithheld, type Logger } from '@frontdesk/kernel';
import { toInstant } from '@frontdesk/db';
import type pg from 'pg';
import type { AcceptWebhooks, Replaying } from '../acceptance/accept-webhooks.ts';
import type { Webhook } from '../acceptance/webhook.ts';
import type { WebhookRoute } from '../http/webhook-route.ts';
import { storeClinicEvents } from '../postgres/store-webhook-events.ts';
import { adoptWebhooks, dueWebhookReplays, settleReplay, type WebhookReplay } from '../postgres/webhook-replays.ts';

const replaysPerRound = 20;

type Dependencies = {
  pool: pg.Pool;
  acceptWebhooks: AcceptWebhooks;
  routes: readonly WebhookRoute[];
  onCommit: () => void;
  logger: Logger;
};

/**
 * Takes in again what operators want replayed: from behind the verification on, through the same parser and the same
 * acceptance as a webhook that comes now. One that was taken in before stays a duplicate unless they want it again; one that
 * no clinic was found for goes to the clinic that has its number by now.
 */
export function makeReplayWebhooks({ pool, acceptWebhooks, routes, onCommit, logger }: Dependencies) {
  return async function replayWebhooks(): Promise<void> {
    for (const replay of await dueWebhookReplays(pool, replaysPerRound)) await takeIn(replay);
  };

  async function takeIn(replay: WebhookReplay): Promise<void> {
    const { number, effects } = replay;
    try {
      const webhook = read(replay);
      const accept = async () => {
        await acceptWebhooks([webhook], replaying(replay));
      };
      await (effects === 'withheld' ? withEffectsWithheld({ number }, accept) : accept());
      onCommit();
    } catch (error) {
      if (error instanceof InvalidMessage) return settleReplay(pool, number, 'unreadable');
      // The others get their turn, and this one comes again in the next round.
      if (!(error instanceof Conflict)) logger.error({ replay: number, error }, 'a webhook was not taken in again');
    }
  }

  function read({ number, again, id, orgId, provider, kind, payload, attemptId, verifiedAt }: WebhookReplay): Webhook {
    const route = present(
      routes.find((each) => each.provider === provider && each.reads(kind)),
      `a route that reads ${kind} of ${provider}`,
    );
    const query = new URLSearchParams(attemptId === null ? {} : { attempt: attemptId });
    const read = route.read({ json: JSON.stringify(payload), body: payload, query, verifiedAt: toInstant(verifiedAt) });
    const webhook = present(read[0], 'what a stored webhook tells of');
    const isOther = again && orgId !== null;
    return {
      ...webhook,
      id: isOther ? newId() : id,
      externalId: isOther ? `${webhook.externalId}:r${number}` : webhook.externalId,
    };
  }
}

function replaying({ number, orgId }: WebhookReplay): Replaying {
  return {
    owner: orgId,
    keep: orgId === null ? adoptWebhooks : storeClinicEvents,
    settle: async (client, outcomes) => {
      for (const outcome of outcomes) await settleReplay(client, number, outcome);
    },
  };
}

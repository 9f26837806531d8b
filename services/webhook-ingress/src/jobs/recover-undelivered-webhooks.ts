import { InvalidMessage, type Clock, type Logger } from '@frontdesk/kernel';
import type { UndeliveredWebhook } from '@frontdesk/providers/telnyx';
import type { Outcome, Webhook } from '../acceptance/webhook.ts';
import type { WebhookRoute } from '../http/webhook-route.ts';

type Dependencies = {
  /** What the carrier gave up on since then. */
  undeliveredSince: (since: Temporal.Instant) => AsyncIterable<UndeliveredWebhook>;
  routes: readonly WebhookRoute[];
  accept: (webhooks: readonly Webhook[]) => Promise<Outcome>;
  clock: Clock;
  logger: Logger;
};

/** How far a new process looks back: longer than any outage in which nobody would have stepped in. */
const firstLookBack = Temporal.Duration.from({ hours: 24 });
/** An entry may enter the log later than the moment that it bears. */
const overlap = Temporal.Duration.from({ minutes: 15 });

/**
 * Takes in what the carrier could not deliver, as if it came now. What came after all is a duplicate and changes
 * nothing, so a round may be repeated. No signature is checked: the log was read from the carrier itself.
 */
export function makeRecoverUndeliveredWebhooks({ undeliveredSince, routes, accept, clock, logger }: Dependencies) {
  let since: Temporal.Instant | null = null;
  return async function recoverUndeliveredWebhooks(): Promise<void> {
    const startedAt = clock();
    const outcomes = { accepted: 0, duplicate: 0, parked: 0, unreadable: 0, failed: 0 };
    for await (const undelivered of undeliveredSince(since ?? startedAt.subtract(firstLookBack))) {
      outcomes[await takeIn(undelivered)]++;
    }
    if (outcomes.failed === 0) since = startedAt.subtract(overlap);
    if (outcomes.accepted + outcomes.failed > 0)
      logger.warn(outcomes, 'webhooks that never arrived were taken from the log of the carrier');
  };

  async function takeIn({ body, url }: UndeliveredWebhook): Promise<Outcome | 'unreadable' | 'failed'> {
    try {
      const { route, query } = whereTo(body, url);
      return await accept(route.read({ json: JSON.stringify(body), body, query }));
    } catch (error) {
      if (error instanceof InvalidMessage) return 'unreadable';
      // The others get their turn; this one is asked for again in the next round.
      logger.error({ error }, 'a webhook from the log of the carrier was not stored');
      return 'failed';
    }
  }

  function whereTo({ data }: UndeliveredWebhook['body'], url: string | null) {
    const given = url !== null && URL.canParse(url) ? new URL(url) : null;
    const usual = String(data['event_type']).startsWith('call.')
      ? '/webhooks/telnyx/voice'
      : '/webhooks/telnyx/messages';
    const route = routes.find(({ path }) => path === given?.pathname) ?? routes.find(({ path }) => path === usual);
    if (route === undefined) throw new InvalidMessage('no route reads this webhook');
    return { route, query: given?.searchParams ?? new URLSearchParams() };
  }
}

import type { ReceivedRequest } from '../wire/received-request.ts';
import type { Reply, Route } from '../wire/route.ts';
import type { WebhookDelivery, WebhookTry } from '../wire/webhook-delivery.ts';
import { paged } from './paged.ts';

interface DeliveryLogDependencies {
  deliveries: readonly WebhookDelivery[];
  authenticate: (request: ReceivedRequest) => Reply | null;
}

/** The log of what Telnyx tried to deliver, in the shape of its SDK's types; newest first. */
export function deliveryLogRoutes({ deliveries, authenticate }: DeliveryLogDependencies): Route[] {
  function list({ query, ...request }: ReceivedRequest): Reply {
    const denied = authenticate({ query, ...request });
    if (denied !== null) return denied;
    const asked = deliveries
      .filter(({ state }) => state !== 'under-way')
      .map(asRecord)
      .filter(({ status }) => (query.get('filter[status][eq]') ?? status) === status)
      .filter(({ finished_at: at }) => isAtOrAfter(at, query.get('filter[finished_at][gte]')))
      .toReversed();
    return paged(query, asked);
  }

  return [{ method: 'GET', path: '/v2/webhook_deliveries', handle: list }];
}

function asRecord({ eventId, state, tries }: WebhookDelivery) {
  return {
    id: eventId,
    record_type: 'webhook_delivery',
    status: state === 'delivered' ? 'delivered' : 'failed',
    started_at: tries[0]?.at.toString(),
    finished_at: tries.at(-1)?.at.toString(),
    webhook: webhookOf(tries[0]),
    attempts: tries.toReversed().map((each) => ({
      status: each.answer.status === 200 ? 'delivered' : 'failed',
      started_at: each.at.toString(),
      finished_at: each.at.toString(),
      http: {
        request: { url: each.url, headers: Object.entries(each.headers) },
        response: { status: each.answer.status ?? undefined, body: each.answer.body },
      },
    })),
  };
}

function webhookOf(first: WebhookTry | undefined): unknown {
  if (first === undefined) return undefined;
  const { data } = JSON.parse(first.body) as { data: unknown }; // this simulator wrote the body
  return data;
}

function isAtOrAfter(at: string | undefined, bound: string | null): boolean {
  if (bound === null) return true;
  return at !== undefined && Temporal.Instant.compare(at, bound) >= 0;
}

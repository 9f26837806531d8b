import { newId, type Clock } from '@frontdesk/kernel';
import type { WebhookAnswer, WebhookDelivery } from '../wire/webhook-delivery.ts';
import type { WebhookCourier } from '../wire/webhook-courier.ts';
import type { TelnyxSigner } from './signature.ts';

export interface TelnyxEvent {
  id: string;
  type: string;
  occurredAt: string;
  payload: Record<string, unknown>;
}

export interface EventPoster {
  /** Tries the URL three times, then the failover URL three times, until a 2xx comes. */
  postMessageEvent: (event: TelnyxEvent, url: string, failoverUrl?: string | null) => WebhookDelivery;
  /** Tries again only after 408, 429, 5xx and no answer. */
  postCallEvent: (event: TelnyxEvent, url: string) => WebhookDelivery;
  setSignatureClock: (clock: Clock | null) => void;
}

interface PosterDependencies {
  courier: WebhookCourier;
  signer: TelnyxSigner;
  clock: Clock;
  retryGapsMs: readonly number[];
}

export function createEventPoster({ courier, signer, clock, retryGapsMs }: PosterDependencies): EventPoster {
  let signatureClock = clock;
  const triesOf = (url: string) => [0, ...retryGapsMs].map((waitMs) => ({ url, waitMs }));

  function compose(envelope: Record<string, unknown>): { body: string; headers: Record<string, string> } {
    const body = JSON.stringify(envelope);
    const timestamp = Math.floor(signatureClock().epochMilliseconds / 1000);
    return { body, headers: { ...TELNYX_HEADERS, ...signer.sign(body, timestamp) } };
  }

  return {
    postMessageEvent: (event, url, failoverUrl = null) =>
      courier.deliver({
        eventId: event.id,
        eventType: event.type,
        tries: [...triesOf(url), ...(failoverUrl === null ? [] : triesOf(failoverUrl))],
        compose: (context) =>
          compose({ data: dataOf(event), meta: { attempt: context.attempt, delivered_to: context.url } }),
        retryAfter: () => true,
      }),

    postCallEvent: (event, url) =>
      courier.deliver({
        eventId: event.id,
        eventType: event.type,
        tries: triesOf(url),
        compose: () => compose({ data: dataOf(event) }),
        retryAfter: isWorthRetrying,
      }),

    setSignatureClock(other) {
      signatureClock = other ?? clock;
    },
  };
}

export const TELNYX_HEADERS = { 'content-type': 'application/json', 'user-agent': 'telnyx-webhooks' };

export function telnyxEvent(
  type: string,
  payload: Record<string, unknown>,
  { clock, id = newId() }: { clock: Clock; id?: string },
): TelnyxEvent {
  return { id, type, occurredAt: clock().toString({ fractionalSecondDigits: 3 }), payload };
}

function dataOf(event: TelnyxEvent): Record<string, unknown> {
  return {
    record_type: 'event',
    event_type: event.type,
    id: event.id,
    occurred_at: event.occurredAt,
    payload: event.payload,
  };
}

function isWorthRetrying({ status }: WebhookAnswer): boolean {
  return status === null || status === 408 || status === 429 || status >= 500;
}

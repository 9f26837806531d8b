import type { Clock } from '@frontdesk/kernel';
import type { Background } from './background.ts';
import { keep } from './keep.ts';
import type { WebhookAnswer, WebhookDelivery, WebhookTry } from './webhook-delivery.ts';

/** What a try may depend on. */
interface TryContext {
  /** 1 for the first. */
  attempt: number;
  url: string;
  previous: WebhookTry | null;
  first: WebhookTry | null;
}

export interface OutgoingEvent {
  eventId: string;
  eventType: string;
  /** Every try there may be, with the wait before it. */
  tries: readonly { url: string; waitMs: number }[];
  compose(context: TryContext): { body: string; headers: Record<string, string> };
  /** Whether this answer is followed by another try. */
  retryAfter: (answer: WebhookAnswer) => boolean;
}

export interface WebhookCourier {
  deliver: (event: OutgoingEvent) => WebhookDelivery;
  deliveries: readonly WebhookDelivery[];
}

interface CourierDependencies {
  background: Background;
  clock: Clock;
  timeoutMs: number;
}

/** Posts events until a 2xx comes or the tries are used up. Redirects are not followed. */
export function createWebhookCourier({ background, clock, timeoutMs }: CourierDependencies): WebhookCourier {
  const deliveries: WebhookDelivery[] = [];

  async function post(url: string, headers: Record<string, string>, body: string): Promise<WebhookAnswer> {
    const startedAt = performance.now();
    const answer = await fetchAnswer(url, headers, body, timeoutMs, background.signal);
    return { ...answer, ms: performance.now() - startedAt };
  }

  async function attemptAll(
    event: OutgoingEvent,
    tries: WebhookTry[],
    answered: (answer: WebhookAnswer) => void,
  ): Promise<'delivered' | 'given-up'> {
    for (const [n, { url, waitMs }] of event.tries.entries()) {
      await background.wait(waitMs);
      const previous = tries.at(-1) ?? null;
      const { body, headers } = event.compose({ attempt: n + 1, url, previous, first: tries[0] ?? null });
      const at = clock();
      const answer = await post(url, headers, body);
      tries.push({ url, headers, body, at, answer });
      answered(answer);
      if (isDelivered(answer)) return 'delivered';
      if (background.signal.aborted || !event.retryAfter(answer)) return 'given-up';
    }
    return 'given-up';
  }

  return {
    deliveries,

    deliver(event) {
      const tries: WebhookTry[] = [];
      const first = Promise.withResolvers<WebhookAnswer>();
      const delivery: WebhookDelivery = {
        eventId: event.eventId,
        eventType: event.eventType,
        state: 'under-way',
        tries,
        first: first.promise,
        settled: Promise.resolve(),
      };
      delivery.settled = background.run(async () => {
        try {
          delivery.state = await attemptAll(event, tries, first.resolve);
        } finally {
          if (delivery.state === 'under-way') delivery.state = 'given-up';
          first.resolve({ status: null, body: '', failure: 'connection', ms: 0 });
        }
      });
      keep(deliveries, delivery);
      return delivery;
    },
  };
}

function isDelivered(answer: WebhookAnswer): boolean {
  return answer.status !== null && answer.status >= 200 && answer.status < 300;
}

async function fetchAnswer(
  url: string,
  headers: Record<string, string>,
  body: string,
  timeoutMs: number,
  stopping: AbortSignal,
): Promise<Omit<WebhookAnswer, 'ms'>> {
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([timeout, stopping]);
  try {
    const response = await fetch(url, { method: 'POST', headers, body, signal, redirect: 'manual' });
    return { status: response.status, body: await response.text(), failure: null };
  } catch {
    return { status: null, body: '', failure: timeout.aborted ? 'timeout' : 'connection' };
  }
}

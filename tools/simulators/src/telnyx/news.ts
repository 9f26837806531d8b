import type { Background } from '../wire/background.ts';
import { createPlanned } from '../wire/planned.ts';
import type { Clock } from '@frontdesk/kernel';
import { telnyxEvent, type EventPoster, type TelnyxEvent } from './event-poster.ts';

/** How the events of orders, hosted numbers, brands and campaigns are delivered. */
export interface NewsPlan {
  /** How often each event is delivered. */
  copies?: number;
  /** They wait for `releaseNews()`. */
  hold?: boolean;
  /** They never come. */
  never?: boolean;
}

export interface News {
  tell: (eventType: string, payload: Record<string, unknown>, url: string | null) => void;
  plan: (plan: NewsPlan, times?: number) => void;
  /** Sends what was held, each event once the one before it was answered. */
  release: (order?: 'usual' | 'reversed') => Promise<void>;
  reset: () => void;
}

interface NewsDependencies {
  background: Background;
  poster: EventPoster;
  clock: Clock;
}

export function createNews({ background, poster, clock }: NewsDependencies): News {
  const plans = createPlanned<NewsPlan>();
  let held: { event: TelnyxEvent; url: string; copies: number }[] = [];

  async function post(event: TelnyxEvent, url: string, copies: number): Promise<void> {
    const deliveries = Array.from({ length: copies }, () => poster.postMessageEvent(event, url));
    await Promise.all(deliveries.map((delivery) => delivery.first));
  }

  return {
    plan: plans.add,
    reset: plans.clear,

    tell(eventType, payload, url) {
      const { never = false, hold = false, copies = 1 } = plans.next() ?? {};
      if (never || url === null) return;
      const event = telnyxEvent(eventType, payload, { clock });
      if (hold) held.push({ event, url, copies });
      else void background.run(() => post(event, url, copies));
    },

    async release(order = 'usual') {
      const ready = order === 'reversed' ? held.toReversed() : held;
      held = [];
      for (const { event, url, copies } of ready) await post(event, url, copies);
    },
  };
}

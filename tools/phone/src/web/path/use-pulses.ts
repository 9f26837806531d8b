import { useEffect, useState } from 'react';
import type { FeedItem } from '../../feed-items.ts';
import { useFeedStore } from '../live/use-feed.tsx';

/** Something that moves along an arrow, or lights a box, for a moment. */
export type Pulse = { id: number; from: string; to: string; service: string };
type Glow = { id: number; node: string };

const pulseMs = 900;
const mostAtOnce = 40;

const consumers: Record<string, string> = {
  'conversation.fifo': 'conversation-worker',
  'messaging.fifo': 'messaging-worker',
  'payments.fifo': 'payments',
};

/** Follows the live feed, never its past: events run into queues and out of them, texts run to the phone. */
export function usePulses(): { pulses: readonly Pulse[]; lit: ReadonlySet<string> } {
  const store = useFeedStore();
  const [pulses, setPulses] = useState<readonly Pulse[]>([]);
  const [glows, setGlows] = useState<readonly Glow[]>([]);
  useEffect(() => {
    let next = 0;
    const timers = new Set<ReturnType<typeof setTimeout>>();
    const later = (ms: number, work: () => void) => {
      const timer = setTimeout(() => {
        timers.delete(timer);
        work();
      }, ms);
      timers.add(timer);
    };
    const run = (from: string, to: string, service: string) => {
      const pulse = { id: next++, from, to, service };
      setPulses((now) => [...now.slice(-mostAtOnce), pulse]);
      later(pulseMs, () => setPulses((now) => now.filter(({ id }) => id !== pulse.id)));
    };
    const light = (node: string) => {
      const glow = { id: next++, node };
      setGlows((now) => [...now.slice(-mostAtOnce), glow]);
      later(pulseMs, () => setGlows((now) => now.filter(({ id }) => id !== glow.id)));
    };
    const show = (item: FeedItem) => {
      if (item.kind === 'event') {
        run(item.producer, item.queue, item.producer);
        const consumer = consumers[item.queue];
        if (consumer !== undefined) later(pulseMs * 0.7, () => run(item.queue, consumer, item.producer));
      } else if (item.kind === 'carrier') run('messaging-worker', 'carrier', 'carrier');
      else if (item.kind === 'span' && (item.rows.length > 0 || item.service === 'webhook-ingress')) {
        light(item.service);
        if (item.service === 'webhook-ingress' && item.parentId === null) {
          run(/square|meta/.exec(item.name)?.[0] ?? 'telnyx', 'webhook-ingress', 'webhook-ingress');
        }
        if (item.service === 'api' && item.parentId === null) run('staff', 'api', 'api');
      }
    };
    const leave = store.onItems((items) => items.forEach(show));
    return () => {
      leave();
      timers.forEach(clearTimeout);
    };
  }, [store]);
  return { pulses, lit: new Set(glows.map(({ node }) => node)) };
}

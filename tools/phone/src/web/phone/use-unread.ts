import { useEffect, useState } from 'react';
import type { ThreadItem } from '../live/fold-feed.ts';

/** How many received texts of each thread were not yet on the screen. */
export function useUnread(threads: ReadonlyMap<string, readonly ThreadItem[]>, shownId: string): Map<string, number> {
  const [seen, setSeen] = useState<ReadonlyMap<string, number>>(new Map());
  const shown = received(threads.get(shownId));
  useEffect(() => {
    setSeen((before) => (before.get(shownId) === shown ? before : new Map(before).set(shownId, shown)));
  }, [shownId, shown]);
  return new Map([...threads].map(([id, items]) => [id, id === shownId ? 0 : received(items) - (seen.get(id) ?? 0)]));
}

function received(items: readonly ThreadItem[] = []): number {
  return items.filter((item) => item.kind === 'text' && item.direction === 'in').length;
}

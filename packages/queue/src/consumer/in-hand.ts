import type { Received } from './read-message.ts';

/** The messages that this consumer holds, and the places that are left. */
export function makeInHand(places: number) {
  const held = new Set<Received>();
  let changed = Promise.withResolvers<void>();
  const tell = () => {
    changed.resolve();
    changed = Promise.withResolvers();
  };
  return {
    held: (): readonly Received[] => [...held],
    take: (message: Received): void => {
      held.add(message);
    },
    letGo: (message: Received): void => {
      held.delete(message);
      tell();
    },
    /** How many places are free, as soon as there is one or the signal comes. */
    async freePlaces(signal: AbortSignal): Promise<number> {
      signal.addEventListener('abort', tell, { once: true });
      while (held.size >= places && !signal.aborted) await changed.promise;
      signal.removeEventListener('abort', tell);
      return places - held.size;
    },
    /** Resolves once nothing is held any more. */
    async empty(): Promise<void> {
      while (held.size > 0) await changed.promise;
    },
  };
}

import { AsyncLocalStorage } from 'node:async_hooks';
import { PermanentFailure } from './errors.ts';

/** A replay of something that happened before, of which nothing may leave the house again. */
export type WithheldReplay = { readonly number: number };

const replay = new AsyncLocalStorage<WithheldReplay>();

/** Runs `work`, and all that it waits for, as part of a replay whose effects on the outside world are withheld. */
export function withEffectsWithheld<T>(of: WithheldReplay, work: () => Promise<T>): Promise<T> {
  return replay.run(of, work);
}

/** The replay whose effects are withheld here; null in ordinary work. */
export function withheldReplay(): WithheldReplay | null {
  return replay.getStore() ?? null;
}

/**
 * The last gate of everything that leaves the house. Whoever calls a vendor asks here first.
 * @throws PermanentFailure within a replay whose effects are withheld
 */
export function assertMayLeave(act: string): void {
  const withheld = withheldReplay();
  if (withheld !== null)
    throw new PermanentFailure(`replay ${withheld.number} withholds its effects, but wanted to ${act}`);
}

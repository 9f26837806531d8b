import { setTimeout as sleep } from 'node:timers/promises';
import { fullJitter, type Logger, type Random } from '@frontdesk/kernel';
import type { Received } from './read-message.ts';

const backoff = { baseMs: 200, capMs: 10_000 };

export type ReceiveLoopOptions = {
  receive: (most: number) => Promise<Received[]>;
  /** Resolves with the number of free places as soon as there is one. */
  freePlaces: () => Promise<number>;
  take: (messages: readonly Received[]) => void;
  /** Rejects while nothing could be handled anyway: then no message is taken, so that none uses up its tries. */
  canWork: () => Promise<void>;
  signal: AbortSignal;
  random: Random;
  logger: Logger;
};

/** Polls for as many messages as there are free places until the signal. Waits longer after each failure. */
export async function receiveLoop(options: ReceiveLoopOptions): Promise<void> {
  const { receive, freePlaces, take, canWork, signal, random, logger } = options;
  let failures = 0;
  while (!signal.aborted) {
    const most = await freePlaces();
    if (signal.aborted) return;
    try {
      await canWork();
      take(await receive(most));
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      logger.warn({ failures, error }, 'no messages could be received; it will try again');
      await sleep(100 + fullJitter(failures, backoff, random), undefined, { signal }).catch(() => {});
    }
  }
}

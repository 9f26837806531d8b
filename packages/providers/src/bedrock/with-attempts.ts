import { setTimeout as sleep } from 'node:timers/promises';
import { fullJitter, type Random } from '@frontdesk/kernel';
import { bedrockFailure } from './bedrock-failure.ts';

const backoff = { baseMs: 200, capMs: 1_500 };

/** Tries again while Bedrock is busy or unwell, and stops at once when `signal` ends the turn. */
export async function withAttempts<T>(
  send: () => Promise<T>,
  options: { maxAttempts: number; random: Random; signal: AbortSignal; onRetry(attempt: number): void },
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await send();
    } catch (error) {
      const worthIt = bedrockFailure(error).error.kind === 'transient';
      if (!worthIt || attempt >= options.maxAttempts || options.signal.aborted) throw error;
      options.onRetry(attempt);
      await sleep(fullJitter(attempt, backoff, options.random), undefined, { signal: options.signal });
    }
  }
}

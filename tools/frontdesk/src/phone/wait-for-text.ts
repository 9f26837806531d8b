import type { Clock } from '@frontdesk/kernel';
import type { PhoneClient, ThreadText } from './phone-client.ts';

type Waiting = {
  /** Whether what is waited for is in the thread, which is given oldest first. */
  hasCome: (thread: readonly ThreadText[]) => boolean;
  /** So long after the newest text of the thread something may still be on its way. */
  onItsWayMs: number;
  clock: Clock;
  /** Told once, when there is something to wait for. */
  onWait: () => void;
};

/**
 * Waits for a text that may be on its way to a person. Where nothing was said lately nothing is. None came: that is no fault
 * here.
 */
export async function waitForText(
  phone: Pick<PhoneClient, 'texts'>,
  personaId: string,
  { hasCome, onItsWayMs, clock, onWait }: Waiting,
): Promise<void> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const texts = new Map<string, ThreadText>();
  try {
    for await (const some of phone.texts(ending.signal)) {
      for (const text of some) if (text.personaId === personaId) texts.set(text.id, text);
      const thread = [...texts.values()].toSorted((a, b) => a.at - b.at);
      const left = (thread.at(-1)?.at ?? 0) + onItsWayMs - clock().epochMilliseconds;
      if (hasCome(thread) || left <= 0) return;
      if (timer === undefined) onWait();
      clearTimeout(timer);
      timer = setTimeout(() => ending.abort(), left);
    }
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
}

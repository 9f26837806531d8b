import type { Clock } from '@frontdesk/kernel';
import type { PhoneClient, ThreadText } from './phone-client.ts';

type Waiting = {
  /** What is waited for. */
  is: (text: ThreadText) => boolean;
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
  { is, onItsWayMs, clock, onWait }: Waiting,
): Promise<void> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let newest = 0;
  try {
    for await (const some of phone.texts(ending.signal)) {
      const own = some.filter((text) => text.personaId === personaId);
      newest = Math.max(newest, ...own.map(({ at }) => at));
      const left = newest + onItsWayMs - clock().epochMilliseconds;
      if (own.some(is) || left <= 0) return;
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

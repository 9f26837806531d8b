import type { PhoneClient, ThreadText } from './phone-client.ts';

/** After an answer so much silence means that it is complete: a payment link comes as a text of its own. */
const silenceMs = 1_500;
/** The page knows its threads, and gives them at once; a busy machine may take some seconds. */
const threadWithinMs = 30_000;

export type Watched = {
  /** The whole thread, oldest first. */
  thread: ThreadText[];
  /** What the desk said since. */
  answers: ThreadText[];
};

/**
 * Does `act` when the thread so far is known, then waits until the desk has answered this person and fallen silent, at most
 * `withinMs` after it. No answer is no fault here.
 */
export async function watchThread(
  phone: Pick<PhoneClient, 'texts'>,
  personaId: string,
  { act, withinMs }: { act: (thread: readonly ThreadText[]) => Promise<void>; withinMs: number },
): Promise<Watched> {
  const ending = new AbortController();
  let timer = setTimeout(() => ending.abort(), threadWithinMs);
  const texts = new Map<string, ThreadText>();
  let before: ReadonlySet<string> | null = null;
  const sorted = () => [...texts.values()].toSorted((a, b) => a.at - b.at);
  const answers = () => sorted().filter(({ id, direction }) => direction === 'in' && before?.has(id) === false);
  try {
    for await (const some of phone.texts(ending.signal)) {
      const known = answers().length;
      for (const text of some) if (text.personaId === personaId) texts.set(text.id, text);
      if (before === null) {
        clearTimeout(timer);
        before = new Set(texts.keys());
        await act(sorted());
        timer = setTimeout(() => ending.abort(), withinMs);
      } else if (answers().length > known) {
        clearTimeout(timer);
        timer = setTimeout(() => ending.abort(), silenceMs);
      }
    }
  } catch (error) {
    if (!ending.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    ending.abort();
  }
  if (before === null) throw new Error('The page of the phones does not show its threads.');
  return { thread: sorted(), answers: answers() };
}

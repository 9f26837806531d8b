import type { PhoneClient, ThreadText } from './phone-client.ts';

/** After an answer so much silence means that it is complete: a payment link comes as a text of its own. */
const silenceMs = 1_500;

export type Watched = {
  /** The whole thread, oldest first. */
  thread: ThreadText[];
  /** What the desk said since. */
  answers: ThreadText[];
};

/**
 * Does `act` when the thread so far is known, then waits until the desk has answered this person and fallen silent, at most
 * `withinMs`. No answer is no fault here.
 */
export async function watchThread(
  phone: PhoneClient,
  personaId: string,
  { act, withinMs }: { act: (thread: readonly ThreadText[]) => Promise<void>; withinMs: number },
): Promise<Watched> {
  const ending = new AbortController();
  let timer = setTimeout(() => ending.abort(), withinMs);
  const texts = new Map<string, ThreadText>();
  let before: ReadonlySet<string> | null = null;
  const sorted = () => [...texts.values()].toSorted((a, b) => a.at - b.at);
  const answers = () => sorted().filter(({ id, direction }) => direction === 'in' && before?.has(id) === false);
  try {
    for await (const some of phone.texts(ending.signal)) {
      const known = answers().length;
      for (const text of some) if (text.personaId === personaId) texts.set(text.id, text);
      if (before === null) {
        before = new Set(texts.keys());
        await act(sorted());
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
  return { thread: sorted(), answers: answers() };
}

import { setTimeout as after } from 'node:timers/promises';
import type twilio from 'twilio';
import type { ChoiceContent } from './choice-content.ts';
import { createContent, findContent } from './contents.ts';

/** Contents for texts of a conversation, found by their names or made, each once. */
export type KnownContents = {
  /** Null when it cannot be had in time; then it may be there for the next text. Never throws. */
  sidOf(content: ChoiceContent): Promise<string | null>;
  forget(content: ChoiceContent): void;
};

const mostKnown = 1_000;

export function makeKnownContents({
  client,
  longestWaitMs,
}: {
  client: twilio.Twilio;
  longestWaitMs: number;
}): KnownContents {
  const known = new Map<string, Promise<string | null>>();

  async function findOrCreate({ friendlyName, types, values }: ChoiceContent): Promise<string | null> {
    try {
      const found = await findContent(client, { friendlyName, language });
      if (found !== null) return found.sid;
      const samples = values.map((_, n) => `sample ${n + 1}`);
      return (await createContent(client, { friendlyName, language, types, samples })).sid;
    } catch {
      known.delete(friendlyName);
      return null;
    }
  }

  function remember(content: ChoiceContent): Promise<string | null> {
    const [oldest] = known.keys();
    if (known.size >= mostKnown && oldest !== undefined) known.delete(oldest);
    const sid = findOrCreate(content);
    known.set(content.friendlyName, sid);
    return sid;
  }

  return {
    async sidOf(content) {
      const sid = known.get(content.friendlyName) ?? remember(content);
      const waiting = new AbortController();
      const tooLate = after(longestWaitMs, null, { signal: waiting.signal }).catch(() => null);
      const soonest = await Promise.race([sid, tooLate]);
      waiting.abort();
      return soonest;
    },
    forget({ friendlyName }) {
      known.delete(friendlyName);
    },
  };
}

/** Twilio wants one; the words are in whatever language the text is. */
const language = 'en';

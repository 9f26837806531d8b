import { describe, expect, it } from '@jest/globals';
import { once } from 'node:events';
import { hasNewLink } from './deposit-links.ts';
import type { ThreadText } from './phone-client.ts';
import { waitForText } from './wait-for-text.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z');
const said = (
  text: string,
  { secondsAgo = 0, personaId = 'ana', direction = 'in' }: { secondsAgo?: number } & Partial<ThreadText> = {},
): ThreadText => ({
  kind: 'text',
  id: text,
  personaId,
  direction,
  text,
  at: now.subtract({ seconds: secondsAgo }).epochMilliseconds,
  state: 'delivered',
});

/** What comes of the feed until the waiting is over: how many of its news were read, and whether it was told that one waits. */
async function waited(...news: ThreadText[][]): Promise<{ read: number; told: number }> {
  const of = { read: 0, told: 0 };
  const phone = {
    async *texts(signal: AbortSignal) {
      for (const each of news) {
        of.read += 1;
        yield each;
      }
      if (!signal.aborted) await once(signal, 'abort');
      signal.throwIfAborted();
    },
  };
  await waitForText(phone, 'ana', {
    hasCome: (thread) => hasNewLink(thread, 'https://square'),
    onItsWayMs: 30,
    clock: () => now,
    onWait: () => (of.told += 1),
  });
  return of;
}

describe('a text that may be on its way', () => {
  const yes = [said('Yes, please', { direction: 'out' })];
  const link = [said('Pay here: https://square/1')];

  it('is not waited for when it is there, nor where nothing was said lately or at all', async () => {
    expect(await waited([...yes, ...link, said('You have 15 minutes.')], link)).toEqual({ read: 1, told: 0 });
    expect(await waited([said('Yes, please', { secondsAgo: 60, direction: 'out' })], link)).toEqual({
      read: 1,
      told: 0,
    });
    expect(await waited([], link)).toEqual({ read: 1, told: 0 });
  });

  it('is waited for until it comes, whatever comes before and to others, with a word', async () => {
    const toOthers = [said('Pay here: https://square/1', { personaId: 'ben' })];
    const news = [yes, [], toOthers, [said('See https://elsewhere')], link, yes];
    expect(await waited(...news)).toEqual({ read: 5, told: 1 });
  });

  it('is not the one that came before the person wrote again', async () => {
    const before = [said('Pay here: https://square/0', { secondsAgo: 60 })];
    expect(await waited([...before, ...yes], link, yes)).toEqual({ read: 2, told: 1 });
  });

  it('is given up after a while', async () => {
    expect(await waited(yes, [said('One moment')])).toEqual({ read: 2, told: 1 });
  });
});

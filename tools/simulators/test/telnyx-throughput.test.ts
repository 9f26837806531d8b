import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { RateLimitError } from 'telnyx';
import { CLINIC, PATIENT, startTelnyxBench, type TelnyxBench } from './telnyx-bench.ts';

let now = Temporal.Instant.from('2026-11-20T16:00:00Z');
let bench: TelnyxBench;
beforeEach(async () => {
  bench = await startTelnyxBench({ clock: () => now });
});
afterEach(() => bench.stop());

const sendMany = (count: number) =>
  Promise.allSettled(Array.from({ length: count }, (_, n) => bench.send(`text ${n}`)));
const refused = (answers: readonly PromiseSettledResult<string>[]) =>
  answers.filter((answer) => answer.status === 'rejected').map(({ reason }): unknown => reason);

describe('Telnyx at its limit', () => {
  it('takes so many texts a second, and says to the others when to come back', async () => {
    bench.telnyx.limitThroughput({ textsPerSecond: 3 });
    const tooMany = refused(await sendMany(5));
    expect(bench.telnyx.accepted).toHaveLength(3);
    expect(tooMany).toHaveLength(2);
    expect(tooMany[0]).toBeInstanceOf(RateLimitError);
    expect(tooMany[0]).toMatchObject({ status: 429, error: { errors: [{ code: '10011' }] } });
    expect((tooMany[0] as RateLimitError).headers?.get('retry-after')).toBe('1'); // instance checked above
    now = now.add({ seconds: 1 });
    expect(refused(await sendMany(3))).toEqual([]);
  });

  it('can say that its queue is full', async () => {
    bench.telnyx.limitThroughput({ textsPerSecond: 1, answer: 'queue-full' });
    expect(refused(await sendMany(2))).toMatchObject([{ error: { errors: [{ code: '40318' }] } }]);
  });

  it('knows no limit after behave()', async () => {
    bench.telnyx.limitThroughput({ textsPerSecond: 1 });
    bench.telnyx.behave();
    expect(refused(await sendMany(5))).toEqual([]);
  });
});

describe('a text with pictures', () => {
  it('names where they are, and serves their bytes', async () => {
    const bytes = new Uint8Array([0xff, 0xd8, 0xff, 0xe0, 0, 1, 2]);
    const picture = { contentType: 'image/jpeg', bytes };
    await bench.telnyx.receiveText({ from: PATIENT, to: CLINIC, text: 'Is this normal?', media: [picture, picture] });
    const payload = present(bench.events()[0], 'the event').payload;
    expect(payload).toMatchObject({ type: 'MMS', media: [{ content_type: 'image/jpeg', size: 7 }, {}] });
    const [first] = payload['media'] as { url: string; hash_sha256: string }[]; // the shape is checked above
    const answer = await fetch(first?.url ?? '');
    expect(answer.headers.get('content-type')).toBe('image/jpeg');
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
    expect(first?.hash_sha256).toMatch(/^[0-9a-f]{64}$/);
    expect((await fetch(`${new URL(first?.url ?? '').origin}/media/nope`)).status).toBe(404);
  });
});

import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { storedId, textCarriers } from './carriers.ts';
import { newNumber } from './desk.ts';
import { useDesk } from './use-desk.ts';
import { received } from './webhooks.ts';

const on = useDesk();
const handled = async (from: string) => (await on.rows.texts(from)).map(({ handled_by: by }) => by);

describe.each(textCarriers)('a text over $name that comes again', (carrier) => {
  const send = (text: Parameters<typeof carrier.text>[0]) => on.desk.send(carrier.text(text));

  it('with the same ids has no effect, and the same answer', async () => {
    const from = newNumber();
    const messageId = newId();
    const told = carrier.text({ from, to: on.to, text: 'once', messageId });
    const answers = [await on.desk.send(told), await on.desk.send(told)];
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await on.rows.texts(from)).toHaveLength(1);
    expect(await on.typesOf(from)).toHaveLength(1);
    expect(await on.rows.webhooks(storedId(carrier, 'message', messageId))).toHaveLength(1);
  });

  it('many times at once takes effect once', async () => {
    const from = newNumber();
    const told = carrier.text({ from, to: on.to, text: 'all together' });
    const answers = await Promise.all(Array.from({ length: 10 }, () => on.desk.send(told)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await on.rows.texts(from)).toHaveLength(1);
    expect(await on.typesOf(from)).toHaveLength(1);
  });

  it('under two ids within moments is known by its words', async () => {
    const from = newNumber();
    await Promise.all([1, 2].map(() => send({ from, to: on.to, text: 'the same' })));
    expect(await handled(from)).toEqual([null, 'duplicate']);
    expect(await on.typesOf(from)).toEqual(['conversation.text-received.v1']);
  });

  it('under two ids at two instances at once is known by its words', async () => {
    const twin = await on.twin();
    try {
      for (let round = 0; round < 10; round++) {
        const from = newNumber();
        await Promise.all(
          [on.desk, twin].map((instance) => instance.send(carrier.text({ from, to: on.to, text: 'the same' }))),
        );
        expect(await handled(from)).toEqual([null, 'duplicate']);
        expect(await on.typesOf(from)).toHaveLength(1);
      }
    } finally {
      await twin.close();
    }
  });

  it('without words is told apart by its id alone: two pictures are two texts', async () => {
    const from = newNumber();
    await Promise.all([1, 2].map(() => send({ from, to: on.to, text: '' })));
    expect(await handled(from)).toEqual([null, null]);
  });

  it('with the same words and another picture is another text, with the same picture it is not', async () => {
    const from = newNumber();
    const picture = (name: string) => [{ url: `https://media.example.test/${name}`, contentType: 'image/jpeg' }];
    for (const name of ['before.jpg', 'after.jpg', 'after.jpg']) {
      await send({ from, to: on.to, text: 'my skin', media: picture(name) });
    }
    expect(await handled(from)).toEqual([null, null, 'duplicate']);
  });

  it('after a while is an honest repeat', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: 'ok' });
    on.pass({ milliseconds: 3_001 });
    await send({ from, to: on.to, text: 'ok' });
    expect(await handled(from)).toEqual([null, null]);
    expect(await on.typesOf(from)).toHaveLength(2);
  });
});

describe('a text of Telnyx', () => {
  it('that comes as the same message in another event has no effect', async () => {
    const from = newNumber();
    const messageId = newId();
    await on.desk.telnyx(received({ from, to: on.to, text: 'once', messageId }));
    const answer = await on.desk.telnyx(received({ from, to: on.to, text: 'once', messageId }));
    expect(answer.body.result).toBe('duplicate');
    expect(await on.rows.texts(from)).toHaveLength(1);
  });
});

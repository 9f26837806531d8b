import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { carriers } from './carriers.ts';
import { newNumber } from './desk.ts';
import { useDesk } from './use-desk.ts';

const on = useDesk();
const picture = { url: 'https://media.example.test/1.jpg', contentType: 'image/jpeg' };
const video = { url: 'https://media.example.test/2.3gp', contentType: 'video/3gpp' };

const mediaEvents = async (from: string) => {
  const ids = (await on.rows.media(from)).map(({ id }) => id);
  const events = await on.rows.events(on.clinic);
  return events
    .filter(({ type }) => type === 'messaging.media-received.v1')
    .filter(({ data }) => ids.includes(String(data['mediaId'])));
};

describe.each(carriers)('what comes with a text over $name', (carrier) => {
  const send = (text: Parameters<typeof carrier.text>[0]) => on.desk.send(carrier.text(text));

  it('is written down and announced in the transaction of the text, in its order, due at once', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: 'Is this it?', media: [picture, video] });
    expect(await on.rows.texts(from)).toMatchObject([{ body: 'Is this it?', attachments: ['picture', 'video'] }]);
    const due = { state: 'queued', next_attempt_at: new Date(on.now().epochMilliseconds) };
    expect(await on.rows.media(from)).toMatchObject([
      { ordinal: 0, provider: carrier.name, url: picture.url, content_type: 'image/jpeg', ...due },
      { ordinal: 1, provider: carrier.name, url: video.url, content_type: 'video/3gpp', ...due },
    ]);
    expect(await mediaEvents(from)).toHaveLength(2);
    expect(await on.typesOf(from)).toEqual(['conversation.text-received.v1']);
  });

  it('rings the conversation also without a word', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: '', media: [picture] });
    expect(await on.rows.texts(from)).toMatchObject([{ body: '', attachments: ['picture'], handled_by: null }]);
    expect(await on.typesOf(from)).toEqual(['conversation.text-received.v1']);
  });

  it('comes once, however often the webhook does', async () => {
    const from = newNumber();
    const told = carrier.text({ from, to: on.to, text: 'once', media: [picture], messageId: newId() });
    await Promise.all([1, 2, 3].map(() => on.desk.send(told)));
    expect(await on.rows.media(from)).toHaveLength(1);
    expect(await mediaEvents(from)).toHaveLength(1);
  });

  it('is kept though the words are a keyword, or of somebody who stopped the texts', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: 'STOP', media: [picture] });
    await send({ from, to: on.to, text: 'look', media: [video] });
    expect(await on.rows.media(from)).toHaveLength(2);
  });

  it('is never told where anybody could fetch it: no event holds its address', async () => {
    const from = newNumber();
    await send({ from, to: on.to, text: '', media: [picture] });
    expect(JSON.stringify(await on.rows.events(on.clinic))).not.toContain('media.example.test');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { CallItem, CarrierItem, EventItem, FeedItem, Persona, SpanItem, TextItem } from '../../feed-items.ts';
import { foldFeed, nothingYet } from './fold-feed.ts';
import { tellStories } from './story.ts';

const ana: Persona = {
  id: 'ana',
  name: 'Ana Reyes',
  note: 'New client',
  number: '+14805550142',
  openers: [],
  answers: [],
  readOnly: false,
};
const sent: TextItem = {
  kind: 'text',
  id: 't1',
  personaId: 'ana',
  direction: 'out',
  text: 'Hi',
  at: 1_000,
  state: 'accepted',
  answeredAt: 1_010,
};
const span = (change: Partial<SpanItem>): SpanItem => ({
  kind: 'span',
  traceId: 'a',
  spanId: 's1',
  parentId: null,
  service: 'webhook-ingress',
  name: 'POST /webhooks/telnyx/messages',
  startedAt: 1_002,
  endedAt: 1_008,
  failed: false,
  rows: [],
  attributes: {},
  ...change,
});
const event = (change: Partial<EventItem>): EventItem => ({
  kind: 'event',
  id: 'e1',
  traceId: 'a',
  type: 'conversation.text-received.v1',
  queue: 'conversation.fifo',
  producer: 'webhook-ingress',
  groupId: 'g',
  correlationId: 'c',
  publishedAt: 1_012,
  ...change,
});
const carried = (change: Partial<CarrierItem> = {}): CarrierItem => ({
  kind: 'carrier',
  id: 'm1',
  channel: 'sms',
  attemptId: 'attempt-1',
  from: '+14805558888',
  to: ana.number,
  text: 'Hello Ana',
  at: 3_000,
  ...change,
});
const send = span({
  spanId: 's2',
  parentId: 's1',
  service: 'messaging-worker',
  name: 'telnyx.send',
  startedAt: 2_990,
  endedAt: 3_005,
  attributes: { 'frontdesk.attempt.id': 'attempt-1' },
});
const storiesOf = (...items: FeedItem[]) => tellStories(foldFeed(nothingYet, items), [ana]);

describe('a story', () => {
  it('begins with the words of the person and ends with what the carrier got', () => {
    const [story] = storiesOf(sent, span({}), event({}), send, carried());
    expect(story).toMatchObject({ kind: 'text', title: 'Ana Reyes texted', words: 'Hi', ms: 2_003 });
    expect(story?.steps.map(({ name, fromMs }) => [name, fromMs])).toEqual([
      ['POST /webhooks/telnyx/messages', 0],
      ['conversation.text-received.v1', 10],
      ['telnyx.send', 1_988],
      ['text to Ana Reyes', 1_998],
    ]);
    expect(story?.texts).toMatchObject([{ afterMs: 1_998, to: 'Ana Reyes' }]);
  });

  it('takes only texts whose attempt one of its spans names', () => {
    const [story] = storiesOf(span({}), event({}), send, carried({ attemptId: 'attempt-2' }));
    expect(story?.texts).toEqual([]);
  });

  it('leaves out the words of a text that another trace carried', () => {
    const [story] = storiesOf({ ...sent, at: 5_000, answeredAt: 5_010 }, span({}), event({}));
    expect(story).toMatchObject({ title: 'Someone texted', words: null });
  });

  it('is none where nothing was written, published or sent', () => {
    expect(storiesOf(span({ service: 'payments', name: 'sweep' }))).toEqual([]);
  });

  it('shows no rows of a failed span, which rolled back', () => {
    const rows = [{ verb: 'insert', table: 'turns', count: 1 }];
    const [story] = storiesOf(event({}), span({ rows }), span({ spanId: 's3', rows, failed: true }));
    expect(story?.steps.map((step) => (step.kind === 'span' ? step.rows.length : null))).toEqual([1, 0, null]);
  });

  it.each([
    ['payments.square-payment-reported.v1', 'Square reported a payment'],
    ['messaging.keyword-received.v1', 'Someone sent a keyword'],
    ['conversation.call-ended.v1', 'Someone hung up'],
    ['messaging.delivery-reported.v1', 'The carrier reported a delivery'],
  ])('that starts with %s is called "%s"', (type, title) => {
    expect(storiesOf(event({ type }))[0]?.title).toBe(title);
  });

  it('that staff began says so, and whom they texted', () => {
    const counted = { verb: 'insert', table: 'api_rate_limits', count: 1 };
    const written = { verb: 'insert', table: 'outbound_messages', count: 1 };
    const asked = span({ service: 'api', name: 'admin sendMessage', rows: [counted, written] });
    const requested = event({ type: 'messaging.text-requested.v1' });
    const [story] = storiesOf(asked, requested, send, carried());
    expect(story).toMatchObject({
      kind: 'by-hand',
      title: 'Staff sent a text',
      words: null,
      texts: [{ to: 'Ana Reyes' }],
    });
  });

  it('that staff began without a text does not speak of one', () => {
    const bought = span({
      service: 'api',
      name: 'admin orderNumber',
      rows: [{ verb: 'insert', table: 'number_orders', count: 1 }],
    });
    const [story] = storiesOf(bought, event({ type: 'messaging.registration-due.v1' }));
    expect(story).toMatchObject({ kind: 'by-hand', title: 'Staff asked the administration' });
  });

  it('that began because a text was due says whom it texted', () => {
    const [story] = storiesOf(send, carried());
    expect(story).toMatchObject({ kind: 'due', title: 'A text was due', texts: [{ to: 'Ana Reyes' }] });
  });

  it('is told of a text that nothing follows, such as one after STOP', () => {
    const [story] = storiesOf(sent, span({ rows: [{ verb: 'insert', table: 'inbound_messages', count: 1 }] }));
    expect(story).toMatchObject({ kind: 'text', title: 'Ana Reyes texted', words: 'Hi', texts: [] });
  });

  it('names who called, and who hung up', () => {
    const call: CallItem = { kind: 'call', id: 'c1', personaId: 'ana', state: 'missed', at: 1_020, endedAt: 7_000 };
    const voice = { name: 'POST /webhooks/telnyx/voice', rows: [{ verb: 'insert', table: 'calls', count: 1 }] };
    const titles = storiesOf(
      call,
      span({ ...voice }),
      span({ ...voice, traceId: 'b', spanId: 's9', startedAt: 7_003, endedAt: 7_009 }),
      event({ type: 'conversation.call-ended.v1', id: 'e9', traceId: 'b', publishedAt: 7_020 }),
    ).map(({ title }) => title);
    expect(titles).toEqual(['Ana Reyes hung up', 'Ana Reyes called']);
  });

  it('puts an event before the work that it caused, though the log noted it later', () => {
    const work = span({
      spanId: 's2',
      service: 'conversation-worker',
      name: 'process conversation.text-received.v1',
      startedAt: 1_010,
      attributes: { 'messaging.message.id': 'e1' },
    });
    const [story] = storiesOf(span({}), work, event({ publishedAt: 1_012 }));
    expect(story?.steps.map(({ kind }) => kind)).toEqual(['span', 'event', 'span']);
  });

  it('comes before older ones', () => {
    const stories = storiesOf(event({}), event({ id: 'e2', traceId: 'b', publishedAt: 9_000 }));
    expect(stories.map(({ id }) => id)).toEqual(['b', 'a']);
  });
});

describe('the folded feed', () => {
  it('replaces a bubble where it stands, and never shows an item twice', () => {
    const state = foldFeed(foldFeed(nothingYet, [{ ...sent, state: 'sending' }, event({})]), [sent, event({})]);
    expect(state.threads.get('ana')).toEqual([sent]);
    expect(state.traces.get('a')?.events).toHaveLength(1);
  });

  it('keeps the identity of what did not change', () => {
    const before = foldFeed(nothingYet, [event({}), event({ id: 'e2', traceId: 'b' })]);
    const after = foldFeed(before, [span({})]);
    expect(after.traces.get('b')).toBe(before.traces.get('b'));
    expect(after.traces.get('a')).not.toBe(before.traces.get('a'));
  });

  it('caps what it keeps', () => {
    const many = Array.from({ length: 500 }, (_, n) => event({ id: `e${n}`, traceId: `t${n}` }));
    expect(foldFeed(nothingYet, many).traces.size).toBe(120);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { EventItem, FeedItem, TextItem } from '../feed-items.ts';
import { createFeed } from './feed.ts';

const event = (id: string): EventItem => ({
  kind: 'event',
  id,
  traceId: null,
  type: 'conversation.text-received.v1',
  queue: 'conversation.fifo',
  producer: 'webhook-ingress',
  groupId: 'g',
  correlationId: 'c',
  publishedAt: 1,
});
const text = (id: string, state: TextItem['state']): TextItem => ({
  kind: 'text',
  id,
  personaId: 'ana',
  direction: 'out',
  text: 'Hi',
  at: 1,
  state,
  answeredAt: null,
});
const idOf = (item: FeedItem) => ('id' in item ? item.id : item.spanId);

describe('the live feed', () => {
  it('tells a listener of each batch, until it leaves', () => {
    const feed = createFeed();
    const heard: string[] = [];
    const leave = feed.subscribe(({ items }) => heard.push(...items.map(idOf)));
    feed.publish([event('a')]);
    leave();
    feed.publish([event('b')]);
    expect(heard).toEqual(['a']);
  });

  it('gives who was away exactly what they missed', () => {
    const feed = createFeed();
    feed.publish([event('a')]);
    const { position } = feed.snapshot();
    expect(feed.since(position)).toEqual([]);
    feed.publish([event('b'), event('c')]);
    feed.publish([event('d')]);
    expect(feed.since(position)?.flatMap(({ items }) => items.map(idOf))).toEqual(['b', 'c', 'd']);
  });

  it('knows no position of another run, nor one that is forgotten', () => {
    const feed = createFeed({ keptBatches: 2 });
    const start = feed.snapshot().position;
    for (const id of ['a', 'b', 'c']) feed.publish([event(id)]);
    expect(feed.since(start)).toBeNull();
    expect(feed.since(createFeed().snapshot().position)).toBeNull();
    expect(feed.since('nonsense')).toBeNull();
  });

  it('keeps threads in their newest state for who comes late, and caps what it keeps', () => {
    const feed = createFeed({ keptBatches: 2, keptThreads: 2 });
    feed.publish([text('t1', 'sending')]);
    feed.publish([text('t2', 'sending')]);
    feed.publish([text('t2', 'accepted')]);
    feed.publish([text('t3', 'sending'), event('e1')]);
    feed.publish([event('e2')]);
    feed.publish([event('e3')]);
    const { items } = feed.snapshot();
    expect(items.map(idOf)).toEqual(['t2', 't3', 'e2', 'e3']);
    expect(items[0]).toMatchObject({ state: 'accepted' });
  });
});

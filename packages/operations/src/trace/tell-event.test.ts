import { describe, expect, it } from '@jest/globals';
import type { Replay } from '@frontdesk/contracts';
import type { EventRow, StoryRows } from './load-story.ts';
import { tellEvent } from './tell-event.ts';

const eventId = '01a1fc62-20eb-7624-b5b9-38b392bfe755';
const requestedAt = new Date('2026-11-21T04:35:13.700Z');
const publishedAt = new Date('2026-11-21T04:35:14.003Z');
const nothing: StoryRows = {
  events: [],
  inbox: [],
  parked: [],
  texts: [],
  attempts: [],
  turns: [],
  webhooks: [],
  replays: [{ number: 2, requestedAt }],
  isCut: false,
};

function published(replay: Replay | null): EventRow {
  return {
    eventId,
    type: 'messaging.text-requested.v1',
    queue: 'messaging.fifo',
    producer: 'operations',
    occurredAt: '2026-11-21T04:34:11.816Z',
    causationId: null,
    data: {},
    replay,
    publishedAt,
  };
}

function told(replay: Replay | null, inboxId: string, handledAt: string, parked: StoryRows['parked'] = []) {
  const inbox = [{ consumer: 'messaging-worker', eventId: inboxId, handledAt: new Date(handledAt) }];
  return tellEvent(published(replay), { ...nothing, inbox, parked });
}

describe('a replay in a story', () => {
  const before = '2026-11-21T04:34:11.842Z';
  const beforeItWasNoted = '2026-11-21T04:35:13.970Z';

  it('is absorbed where the event had been handled before anybody wanted it again', () => {
    const replay: Replay = { number: 2, effects: 'allowed', inbox: 'respected' };
    expect(told(replay, eventId, before)).toMatchObject({ state: 'absorbed by the inbox', tookMs: null });
  });

  it.each<[Replay['inbox'], string]>([
    ['respected', eventId],
    ['bypassed', `${eventId}:r2`],
  ])(
    'with the inbox %s is handled, also by a consumer that is done before the relay has noted it',
    (inbox, inboxId) => {
      const replay: Replay = { number: 2, effects: 'allowed', inbox };
      expect(told(replay, inboxId, beforeItWasNoted)).toMatchObject({ state: 'handled', tookMs: 0 });
    },
  );
});

describe('a parked message that was redriven, in a story', () => {
  const parked = [{ eventId, reason: 'gave up after 8 tries', parkedAt: requestedAt, resolvedAt: requestedAt }];

  it('is handled, also by a consumer that is done before the relay has noted it', () => {
    expect(told(null, eventId, '2026-11-21T04:35:13.970Z', parked)).toMatchObject({ state: 'handled', tookMs: 0 });
  });

  it('is absorbed where it had taken effect after all', () => {
    expect(told(null, eventId, '2026-11-21T04:34:11.842Z', parked)).toMatchObject({ state: 'absorbed by the inbox' });
  });
});

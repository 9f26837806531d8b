import { describe, expect, it } from '@jest/globals';
import { catalogue, TextRequestedV1, type Envelope } from '@frontdesk/contracts';
import { deadLetter } from './dead-letter.ts';
import { storyOf } from './what-waits.ts';
import { killed, refusalOf } from './why-refused.ts';

const envelopeOf = (change: Partial<Envelope>): Envelope => ({
  id: '0199d5a0-0000-7000-8000-00000000000a',
  type: TextRequestedV1.type,
  orgId: '0199d5a0-0000-7000-8000-00000000000b',
  occurredAt: '2026-11-20T10:00:00Z',
  correlationId: 'the-story',
  causationId: null,
  traceparent: null,
  data: TextRequestedV1.example,
  ...change,
});

const told = (body: string, queue = 'messaging.fifo') =>
  deadLetter({
    id: 'a-message',
    place: 'parked',
    queue,
    since: Temporal.Instant.from('2026-11-20T11:00:00Z'),
    settled: null,
    body,
    refusal: killed,
  });

describe('what waits for a dead letter', () => {
  it.each(catalogue.map((definition) => [definition.type, definition] as const))('is told of %s', (_, definition) => {
    const story = storyOf(envelopeOf({ type: definition.type, data: definition.example }));
    const ids = Object.values(definition.example ?? {}).filter((value) => typeof value === 'string');
    expect(ids.some((id) => story?.waits.includes(id))).toBe(true);
    expect(story?.outcome).toMatch(/\w/);
  });

  it('is the story of a type that nobody here knows', () => {
    expect(told(JSON.stringify(envelopeOf({ type: 'messaging.fax-requested.v1' }))).waits).toContain('the-story');
  });
});

describe('what a redrive will do', () => {
  it('is told for a type that its service handles', () => {
    const letter = told(JSON.stringify(envelopeOf({})));
    expect(letter.redrive).toMatch(/^messaging-worker handles it, unless it did already/);
    expect(letter.futile).toBe(false);
  });

  it.each([
    ['an unknown type', 'messaging.fax-requested.v1', 'the type messaging.fax-requested.v1 is unknown'],
    ['an unknown version', 'messaging.text-requested.v9', 'known here: messaging.text-requested.v1'],
    ['a type that belongs elsewhere', 'payments.booking-requested.v1', 'is not handled by this service'],
  ])('is to park it again, for %s, unless a service that knows it is deployed', (_, type, detail) => {
    const { redrive, futile } = told(JSON.stringify(envelopeOf({ type })));
    expect(futile).toBe(true);
    expect(redrive).toContain('only be parked again, unless a service');
    expect(redrive).toContain(detail);
  });

  it.each([
    ['no JSON', 'not json'],
    ['no envelope', '{"id":"x"}'],
    ['data that does not fit', JSON.stringify(envelopeOf({ data: { messageId: 6 } }))],
  ])('is to park it again, for %s', (_, body) => {
    expect(told(body)).toMatchObject({ futile: true, redrive: expect.stringContaining('only be parked again') });
  });
});

describe('why a message was refused', () => {
  it.each([
    ['not-found: no such text', 'It speaks of something that is not there: no such text', 1],
    [
      'invalid-message: the data does not fit',
      'The message does not fit what its handler expects: the data does not fit',
      1,
    ],
    ['permanent: the number is gone', 'A vendor said no for good: the number is gone', 1],
    [
      'failed 5 times, at last with transient: Square answered 503',
      'Something that it needs failed each time: Square answered 503',
      5,
    ],
    [
      'failed 3 times, at last with unforeseen: TypeError',
      'The handler broke in a way that nobody foresaw (TypeError): in all likelihood a bug',
      3,
    ],
    ['the type a.b.v1 is unknown', 'Nobody could handle it: the type a.b.v1 is unknown', 1],
  ])('reads "%s" in words', (reason, why, tries) => {
    expect(refusalOf(reason)).toEqual({ why, tries });
  });
});

import { describe, expect, it } from '@jest/globals';
import { clearToSend, type OnWhatsApp, type SuppressionReason, type TextAtTheGate } from './clear-to-send.ts';
import type { TextClass } from './text-class.ts';

const now = Temporal.Instant.from('2026-11-20T18:00:00Z'); // 11:00 in Phoenix
const night = Temporal.Instant.from('2026-11-21T05:30:00Z'); // 22:30 in Phoenix
const dawn = Temporal.Instant.from('2026-11-21T14:59:00Z'); // 7:59 in Phoenix

const text = (change: Partial<TextAtTheGate> = {}): TextAtTheGate => ({
  channel: 'sms',
  class: 'reply',
  kind: 'answer',
  to: '+14805550123',
  mediaUrls: [],
  createdAt: now,
  optedOut: false,
  fromNumberIsClinics: true,
  campaignClosed: false,
  followsOpenText: false,
  timeZone: 'America/Phoenix',
  personZone: null,
  personState: null,
  window: { opens: Temporal.PlainTime.from('08:00'), closes: Temporal.PlainTime.from('21:00') },
  marketingConsent: false,
  wishUnclear: false,
  expiresAt: null,
  visitChanged: false,
  personWrote: false,
  offerIsSettled: false,
  onWhatsApp: null,
  ...change,
});
const answer = (kind: string, change: Partial<TextAtTheGate> = {}) =>
  text({ class: 'keyword-answer', kind, ...change });
const cleared = { kind: 'cleared', to: '+14805550123', template: null };
const suppressed = (reason: SuppressionReason) => ({ kind: 'suppressed', reason }) as const;

describe('a text from a number whose campaign carriers take no more', () => {
  const later = (time: Temporal.DurationLike) => now.add(time);
  it.each<[string, Partial<TextAtTheGate>, ReturnType<typeof clearToSend>]>([
    [
      'waits with a time of its own',
      { class: 'reminder', expiresAt: later({ hours: 2 }) },
      { kind: 'wait', until: later({ minutes: 15 }), template: null, lacks: 'campaign' },
    ],
    [
      'waits no longer than that time',
      { expiresAt: later({ minutes: 5 }) },
      { kind: 'wait', until: later({ minutes: 5 }), template: null, lacks: 'campaign' },
    ],
    ['is over when that time has passed', { expiresAt: now }, suppressed('stale')],
    ['is over as an answer', {}, suppressed('campaign-closed')],
    [
      'is over when its visit was moved',
      { expiresAt: later({ hours: 2 }), visitChanged: true },
      suppressed('visit-changed'),
    ],
  ])('%s', (_what, change, clearance) => {
    expect(clearToSend(text({ ...change, campaignClosed: true }), now)).toEqual(clearance);
  });
});

describe('a person who opted out', () => {
  it.each<TextClass>(['reply', 'missed-call', 'reminder', 'marketing', 'staff-notice', 'keyword-answer'])(
    'gets no text of class %s',
    (ofClass) => {
      expect(clearToSend(text({ class: ofClass, optedOut: true }), now)).toEqual(suppressed('opted-out'));
    },
  );

  it('still gets the confirmation of STOP and the answer to HELP', () => {
    expect(clearToSend(answer('stop-confirmation', { optedOut: true }), now)).toEqual(cleared);
    expect(clearToSend(answer('help-answer', { optedOut: true }), now)).toEqual(cleared);
  });

  it('gets no confirmation of a START that another STOP followed', () => {
    expect(clearToSend(answer('start-confirmation', { optedOut: true }), now)).toEqual(suppressed('opted-out'));
  });

  it('cannot be reached by a reply that borrows the name of a confirmation', () => {
    expect(clearToSend(text({ kind: 'stop-confirmation', optedOut: true }), now)).toEqual(suppressed('opted-out'));
  });

  it('is told of the opt-out within five minutes or not at all', () => {
    const late = answer('stop-confirmation', { optedOut: true, createdAt: now.subtract({ minutes: 5 }) });
    expect(clearToSend(late, now)).toEqual(suppressed('confirmation-too-late'));
  });
});

describe('a text that cannot be sent', () => {
  it('is suppressed when its number has left the clinic', () => {
    expect(clearToSend(text({ fromNumberIsClinics: false }), now)).toEqual(suppressed('from-number-gone'));
  });

  it.each(['', 'anonymous', '+1480', '12345'])('is suppressed when the recipient is no possible number: "%s"', (to) => {
    expect(clearToSend(text({ to }), now)).toEqual(suppressed('impossible-number'));
  });

  it('is suppressed when it is marketing that the person did not agree to', () => {
    expect(clearToSend(text({ class: 'marketing' }), now)).toEqual(suppressed('no-marketing-consent'));
    expect(clearToSend(text({ class: 'marketing', marketingConsent: true }), now)).toEqual(cleared);
  });
});

describe('a text that has lost its reason', () => {
  it.each<TextClass>(['reply', 'missed-call', 'reminder', 'staff-notice'])(
    'is suppressed when its time passed: %s',
    (of) => {
      expect(clearToSend(text({ class: of, expiresAt: now }), now)).toEqual(suppressed('stale'));
      expect(clearToSend(text({ class: of, expiresAt: now.add({ seconds: 1 }) }), now)).toEqual(cleared);
    },
  );

  it('is suppressed when its visit was cancelled or moved', () => {
    expect(clearToSend(text({ class: 'reminder', visitChanged: true }), now)).toEqual(suppressed('visit-changed'));
  });

  it('that asks whether the person is still there is suppressed when they wrote while it waited', () => {
    expect(clearToSend(text({ class: 'reminder', personWrote: true }), now)).toEqual(suppressed('person-wrote'));
  });

  it('that asks about offered times is suppressed when that was settled while it waited', () => {
    expect(clearToSend(text({ class: 'reminder', offerIsSettled: true }), now)).toEqual(suppressed('offer-settled'));
  });

  it('is suppressed at once when the quiet hours would hold it back beyond its time', () => {
    const opens = Temporal.Instant.from('2026-11-21T15:00:00Z');
    const reminder = (expiresAt: Temporal.Instant) => clearToSend(text({ class: 'reminder', expiresAt }), night);
    expect(reminder(opens)).toEqual(suppressed('too-late-by-morning'));
    expect(reminder(opens.add({ seconds: 1 }))).toEqual({ kind: 'wait', template: null, until: opens });
  });
});

describe('the first reason that is found', () => {
  const everythingWrong: Partial<TextAtTheGate> = {
    class: 'marketing',
    optedOut: true,
    to: 'anonymous',
    fromNumberIsClinics: false,
    wishUnclear: true,
    expiresAt: night,
    visitChanged: true,
    personWrote: true,
    offerIsSettled: true,
    followsOpenText: true,
  };
  const mended: readonly [SuppressionReason, Partial<TextAtTheGate>][] = [
    ['opted-out', {}],
    ['impossible-number', { optedOut: false }],
    ['from-number-gone', { to: '+14805550123' }],
    ['no-marketing-consent', { fromNumberIsClinics: true }],
    ['wish-unclear', { marketingConsent: true }],
    ['stale', { wishUnclear: false }],
    ['visit-changed', { expiresAt: night.add({ minutes: 1 }) }],
    ['person-wrote', { visitChanged: false }],
    ['offer-settled', { personWrote: false }],
    ['too-late-by-morning', { offerIsSettled: false }],
  ];

  it.each(mended.map(([reason], at) => [at, reason] as const))('is, after %i things are mended, %s', (at, reason) => {
    const change = Object.assign({}, everythingWrong, ...mended.slice(0, at + 1).map(([, mend]) => mend));
    expect(clearToSend(text(change), night)).toEqual(suppressed(reason));
  });
});

describe('the hour', () => {
  it.each<TextClass>(['reply', 'missed-call', 'keyword-answer', 'staff-notice'])('never holds back a %s', (ofClass) => {
    expect(clearToSend(text({ class: ofClass, createdAt: night }), night)).toEqual(cleared);
  });

  it.each([
    ['at night until the morning', night, '2026-11-21T15:00:00Z'],
    ['just before eight until eight', dawn, '2026-11-21T15:00:00Z'],
    ['from nine in the evening on', Temporal.Instant.from('2026-11-21T04:00:00Z'), '2026-11-21T15:00:00Z'],
  ])('moves a reminder %s', (_when, at, until) => {
    const clearance = clearToSend(text({ class: 'reminder' }), at);
    expect(clearance).toEqual({ kind: 'wait', template: null, until: Temporal.Instant.from(until) });
  });

  it('lets a reminder pass by day', () => {
    expect(clearToSend(text({ class: 'reminder' }), now)).toEqual(cleared);
    expect(clearToSend(text({ class: 'reminder' }), Temporal.Instant.from('2026-11-21T15:00:00Z'))).toEqual(cleared);
  });

  it('follows the local clock over a change to daylight saving time', () => {
    const beforeTheChange = Temporal.Instant.from('2026-03-08T06:00:00Z'); // 23:00 in Denver, the night clocks go forward
    const clearance = clearToSend(text({ class: 'reminder', personZone: 'America/Denver' }), beforeTheChange);
    expect(clearance).toEqual({ kind: 'wait', template: null, until: Temporal.Instant.from('2026-03-08T14:00:00Z') });
  });

  it('is that of where the person is, not of the clinic', () => {
    const sevenInPhoenix = Temporal.Instant.from('2026-11-20T14:30:00Z');
    const known = text({ class: 'reminder', personZone: 'America/New_York' });
    expect(clearToSend(known, sevenInPhoenix)).toEqual(cleared);
  });

  it('is that of every zone where the person may be', () => {
    const newYorker = text({ class: 'reminder', to: '+12125550123' });
    const eightInNewYork = Temporal.Instant.from('2026-11-20T13:00:00Z');
    const nineInTheEveningInNewYork = Temporal.Instant.from('2026-11-21T02:00:00Z');
    const wait = { kind: 'wait', template: null, until: Temporal.Instant.from('2026-11-20T15:00:00Z') };
    expect(clearToSend(newYorker, eightInNewYork)).toEqual(wait);
    expect(clearToSend(newYorker, nineInTheEveningInNewYork)).toMatchObject({ kind: 'wait' });
  });

  it('is narrowed by the clinic', () => {
    const window = { opens: Temporal.PlainTime.from('10:00'), closes: Temporal.PlainTime.from('11:00') };
    const clearance = clearToSend(text({ class: 'reminder', window }), now);
    expect(clearance).toEqual({ kind: 'wait', template: null, until: Temporal.Instant.from('2026-11-21T17:00:00Z') });
  });

  it('never comes when the law and the clinic have none in common', () => {
    const window = { opens: Temporal.PlainTime.from('05:00'), closes: Temporal.PlainTime.from('08:00') };
    expect(clearToSend(text({ class: 'reminder', window }), now)).toEqual(suppressed('never-allowed'));
  });

  it('of marketing is that of the state, too: none on a Sunday in Alabama', () => {
    const saturdayNight = Temporal.Instant.from('2026-11-22T03:00:00Z');
    const promotion = text({
      class: 'marketing',
      marketingConsent: true,
      to: '+12055550123',
      timeZone: 'America/Chicago',
    });
    expect(clearToSend(promotion, saturdayNight)).toEqual({
      kind: 'wait',
      template: null,
      until: Temporal.Instant.from('2026-11-23T15:00:00Z'),
    });
  });
});

describe('a text behind an earlier one to the same person', () => {
  it('waits for it', () => {
    const clearance = clearToSend(text({ followsOpenText: true }), now);
    expect(clearance).toEqual({ kind: 'wait', template: null, until: now.add({ seconds: 1 }) });
  });

  it('waits no longer than thirty seconds', () => {
    const old = text({ followsOpenText: true, createdAt: now.subtract({ seconds: 30 }) });
    expect(clearToSend(old, now)).toEqual(cleared);
  });

  it('does not wait when it will not leave at all', () => {
    expect(clearToSend(text({ followsOpenText: true, optedOut: true }), now)).toEqual(suppressed('opted-out'));
  });
});

describe('a text on WhatsApp', () => {
  const template = {
    id: '0199d5a0-0000-7000-8000-00000000000a',
    externalId: '1',
    name: 'reminder',
    language: 'en_US',
    values: [],
    choices: [],
    body: 'Hello',
  };
  const onWhatsApp = (change: Partial<TextAtTheGate> = {}, facts: Partial<OnWhatsApp> = {}) =>
    text({
      channel: 'whatsapp',
      ...change,
      onWhatsApp: { senderIsOnline: true, wroteAt: now.subtract({ hours: 1 }), closedAt: null, template, ...facts },
    });
  const longAgo = { wroteAt: now.subtract({ hours: 24 }) };
  const offline = { senderIsOnline: false };
  const later = (time: Temporal.DurationLike) => now.add(time);
  const waits = (time: Temporal.DurationLike) =>
    ({ kind: 'wait', until: later(time), template: null, lacks: 'sender' }) as const;

  it('leaves as it is while the person has written lately', () => {
    expect(clearToSend(onWhatsApp(), now)).toEqual(cleared);
  });

  it('leaves as its template afterwards', () => {
    expect(clearToSend(onWhatsApp({}, longAgo), now)).toEqual({ ...cleared, template });
    expect(clearToSend(onWhatsApp({}, { wroteAt: null }), now)).toEqual({ ...cleared, template });
  });

  it('does not leave where no template may say it, whatever the hour', () => {
    expect(clearToSend(onWhatsApp({}, { ...longAgo, template: null }), now)).toEqual(suppressed('outside-window'));
    expect(clearToSend(onWhatsApp({ class: 'reminder' }, { ...longAgo, template: null }), night)).toEqual(
      suppressed('outside-window'),
    );
  });

  it('waits for the morning like any other, as what it may say then', () => {
    expect(clearToSend(onWhatsApp({ class: 'reminder' }, longAgo), night)).toMatchObject({ kind: 'wait', template });
  });

  it('leaves by a sender that is online, and by no other number', () => {
    expect(clearToSend(onWhatsApp({}, offline), now)).toEqual(suppressed('sender-offline'));
    const gone = { fromNumberIsClinics: false };
    expect(clearToSend(onWhatsApp(gone, offline), now)).toEqual(suppressed('from-number-gone'));
  });

  it.each<[string, Partial<TextAtTheGate>, Partial<OnWhatsApp>, ReturnType<typeof clearToSend>]>([
    ['waits with a time of its own', { expiresAt: later({ hours: 2 }) }, {}, waits({ minutes: 15 })],
    ['waits no longer than that time', { expiresAt: later({ minutes: 5 }) }, {}, waits({ minutes: 5 })],
    [
      'waits as what may be said later',
      { expiresAt: later({ hours: 2 }) },
      longAgo,
      { ...waits({ minutes: 15 }), template },
    ],
    ['is over when that time has passed', { expiresAt: now }, {}, suppressed('stale')],
    [
      'is over when nothing may say it',
      { expiresAt: later({ hours: 2 }) },
      { ...longAgo, template: null },
      suppressed('outside-window'),
    ],
    ['is over as an answer, whatever else is wrong', {}, { ...longAgo, template: null }, suppressed('sender-offline')],
    [
      'is over when the person wants none',
      { expiresAt: later({ hours: 2 }), optedOut: true },
      {},
      suppressed('opted-out'),
    ],
  ])('while its sender is not online %s', (_what, change, facts, clearance) => {
    expect(clearToSend(onWhatsApp(change, { ...offline, ...facts }), now)).toEqual(clearance);
  });

  it('that is due in the morning does not care for its sender by night', () => {
    const morning = { kind: 'wait', template: null, until: Temporal.Instant.from('2026-11-21T15:00:00Z') };
    expect(clearToSend(onWhatsApp({ class: 'reminder' }, { ...offline, wroteAt: night }), night)).toEqual(morning);
  });

  it('with a picture is never a template, and says what to do', () => {
    const withPicture = (facts: Partial<OnWhatsApp>) =>
      clearToSend(onWhatsApp({ mediaUrls: ['https://clinic.example/a.jpg'] }, facts), now);
    expect(withPicture({ ...longAgo, template: null })).toEqual(suppressed('picture-outside-window'));
    expect(withPicture({ template: null })).toEqual(cleared);
  });

  it('heeds opt-outs and the lack of consent before everything', () => {
    const facts = { senderIsOnline: false, template: null };
    expect(clearToSend(onWhatsApp({ optedOut: true }, facts), now)).toEqual(suppressed('opted-out'));
    expect(clearToSend(onWhatsApp({ class: 'marketing' }), now)).toEqual(suppressed('no-marketing-consent'));
  });

  it('reaches people without their number, whom SMS does not', () => {
    const to = 'wa:US.1349000000000000';
    expect(clearToSend(onWhatsApp({ to }), now)).toMatchObject({ kind: 'cleared', to });
    expect(clearToSend(text({ to }), now)).toEqual(suppressed('no-number'));
    expect(clearToSend(onWhatsApp({ to: 'wa:nobody' }), now)).toEqual(suppressed('impossible-number'));
  });

  it('keeps marketing to the strictest hours where nobody knows the state of a person without a number', () => {
    const marketing = { class: 'marketing', to: 'wa:US.1349', marketingConsent: true } as const;
    const sunday = Temporal.Instant.from('2026-11-22T20:00:00Z'); // 13:00 in Phoenix, 15:00 in New York
    const known = onWhatsApp({ ...marketing, personState: 'AZ', personZone: 'America/Phoenix', createdAt: sunday });
    expect(clearToSend(known, sunday.subtract({ hours: 1 }))).toMatchObject({ kind: 'cleared' });
    expect(clearToSend(onWhatsApp({ ...marketing, createdAt: sunday }), sunday)).toMatchObject({ kind: 'wait' });
  });
});

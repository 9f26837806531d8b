import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { findDueTexts } from '@frontdesk/messaging/postgres';
import { localWhatsApp } from '@frontdesk/local-stack';
import { testTokenKeys, until } from '@frontdesk/testkit';
import { makeWhatsAppTokens } from '../src/whatsapp-tokens.ts';
import { openWhatsAppDesk, type WhatsAppDesk } from './whatsapp-desk.ts';

let desk: WhatsAppDesk;
beforeAll(async () => {
  desk = await openWhatsAppDesk();
});
afterAll(() => desk.close());

const reminder = {
  class: 'reply',
  kind: 'visit-reminder',
  body: 'Reminder: your visit is Tue, Nov 24 at 2:30 PM.',
  values: {
    clinic: 'Radiance Medspa',
    visit: 'consultation',
    day: 'Tue, Nov 24',
    time: '2:30 PM',
    address: '1 Main St, Mesa',
    phone: '(480) 555-0100',
  },
} as const;
const choices = [
  { id: 'offer:1', title: 'Tue Nov 24 10 AM' },
  { id: 'offer:2', title: 'Tue Nov 24 11 AM' },
];

describe('a text to somebody who wrote on WhatsApp lately', () => {
  it('leaves there as it is, with what there is to choose, and costs no segments', async () => {
    const ana = await desk.person({ wroteMinutesAgo: 60 });
    const id = await desk.request(ana, { body: 'Which time works for you?', choices });
    const [text] = await desk.received(ana, 1);
    expect(text).toMatchObject({
      type: 'interactive',
      choices,
      template: null,
      callbackData: await desk.attemptOf(id),
    });
    expect(text?.text).toMatch(/^Radiance Medspa: Which time works for you\? Reply STOP/);
    expect(await desk.text(id)).toMatchObject({ channel: 'whatsapp', segments: null, template_id: null });
    await until('the outcome', async () => (await desk.text(id))?.state === 'sent');
  });

  it('is read in the end, whatever comes late', async () => {
    const ana = await desk.person({ wroteMinutesAgo: 1 });
    const id = await desk.request(ana);
    await until('it was sent', async () => (await desk.text(id))?.state === 'sent');
    await desk.report(id, { status: 'read' });
    await until('it is read', async () => (await desk.text(id))?.state === 'read');
    await desk.report(id, { status: 'delivered' });
    await desk.report(id, { status: 'sent' });
    await until('all was heard', () => desk.queueIsEmpty());
    expect((await desk.text(id))?.state).toBe('read');
  });

  it('does not leave after STOP by SMS: a person has one consent', async () => {
    const ana = await desk.person({ wroteMinutesAgo: 1 });
    await desk.optOut(ana.phone);
    const id = await desk.request(ana);
    await until('it was judged', async () => (await desk.text(id))?.state === 'suppressed');
    expect(await desk.received(ana, 0)).toEqual([]);
  });
});

describe('a text to somebody who is not on WhatsApp', () => {
  const sms = ({ phone }: { phone: string }) => desk.carrier.accepted.filter(({ to }) => to === phone);

  it.each(['answer', 'receipt'] as const)('leaves by SMS, once, when Meta says so by its %s', async (how) => {
    const ana = await desk.person({ wroteMinutesAgo: 1 });
    if (how === 'answer') desk.meta.refuseTexts(131026, 1);
    const id = await desk.request(ana, { body: 'Which time works for you? 1) 10 AM 2) 11 AM', choices });
    if (how === 'receipt') {
      await until('it was sent', async () => (await desk.text(id))?.state === 'sent');
      for (const _ of ['once', 'twice']) await desk.report(id, { status: 'failed', errorCode: '131026' }, 0);
    }
    await until('it left by SMS', async () => sms(ana).length > 0);
    await until('it was sent', async () => (await desk.text(id))?.state === 'sent');
    await desk.report(id, { status: 'failed', errorCode: '131026' }, 0);
    desk.bring(id);
    await until('all was heard', () => desk.queueIsEmpty());
    expect(sms(ana)).toMatchObject([
      {
        from: desk.clinic.location.number,
        text: expect.stringContaining('Which time works for you? 1) 10 AM 2) 11 AM'),
      },
    ]);
    expect((await desk.attempts(id)).map(({ outcome, error_code }) => [outcome, error_code])).toEqual([
      ['refused', '131026'],
      ['accepted', null],
    ]);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', channel: 'sms', segments: expect.any(Number) });
    expect(await desk.tasksOf(id)).toEqual([]);
  });

  it('leaves in the words that were asked for, where a template stood in for them, and so does the next at once', async () => {
    const ben = await desk.person({ wroteMinutesAgo: 24 * 60 });
    const first = await desk.request(ben, reminder);
    await until('it was sent', async () => (await desk.text(first))?.state === 'sent');
    await desk.report(first, { status: 'failed', errorCode: '131026' });
    await until('it left by SMS', async () => sms(ben).length === 1);
    const next = await desk.request(ben, reminder);
    await until('the next left by SMS', async () => sms(ben).length === 2);
    for (const { text } of sms(ben)) expect(text).toContain(reminder.body);
    expect(await desk.received(ben, 1)).toHaveLength(1);
    expect(await desk.attempts(next)).toHaveLength(1);
  });
});

describe('a text to somebody who has not written for 24 hours', () => {
  it('leaves as the approved template of its kind, and the row says what it said', async () => {
    const ben = await desk.person({ wroteMinutesAgo: 24 * 60 });
    const id = await desk.request(ben, reminder);
    const [text] = await desk.received(ben, 1);
    expect(text?.template).toMatchObject({ language: 'en_US', values: expect.arrayContaining(['Tue, Nov 24']) });
    const row = await desk.text(id);
    expect(row?.body).toMatch(/^Reminder from Radiance Medspa: your consultation is on Tue, Nov 24 at 2:30 PM\./);
    expect(row?.template_id).toEqual(expect.any(String));
  });

  it('is never said where no template may say it, and staff are asked while the person waits', async () => {
    const ben = await desk.person({ wroteMinutesAgo: 24 * 60 });
    const answer = await desk.request(ben, { kind: 'answer' });
    const nobodyWaits = await desk.request(ben, { kind: 'offer', class: 'reminder' });
    for (const id of [answer, nobodyWaits]) {
      await until('it was judged', async () => (await desk.text(id))?.state === 'suppressed');
      expect((await desk.text(id))?.reason).toMatch(/24 hours.*template/);
    }
    expect(await desk.tasksOf(answer)).toEqual([{ kind: 'text-failed', resolved: false }]);
    expect(await desk.tasksOf(nobodyWaits)).toEqual([]);
    expect(await desk.received(ben, 0)).toEqual([]);
  });

  it('is not said by a template that is retired at that moment', async () => {
    const ben = await desk.person({ wroteMinutesAgo: 24 * 60 });
    let id = '';
    await desk.whileTemplatesAreRetired(async () => {
      id = await desk.request(ben, reminder);
    });
    try {
      await until('it was judged anew', async () => (await desk.text(id))?.state === 'suppressed');
      expect((await desk.text(id))?.reason).toMatch(/no approved template/);
      expect(await desk.received(ben, 0)).toEqual([]);
    } finally {
      await desk.templatesComeBack();
    }
  });

  it.each(['answer', 'receipt'] as const)(
    'leaves once as a template when Meta says so by its %s though the desk thought otherwise',
    async (how) => {
      const cleo = await desk.person({ wroteMinutesAgo: 10 });
      desk.meta.closeWindow(desk.clinic.location.number, cleo.phone);
      desk.meta.setWindowRefusal(how);
      const id = await desk.request(cleo, reminder);
      if (how === 'receipt') {
        await until('it was sent', async () => (await desk.text(id))?.state === 'sent');
        for (const _ of ['once', 'twice']) await desk.report(id, { status: 'failed', errorCode: '131047' }, 0);
      }
      await until('it left as a template', async () => (await desk.text(id))?.template_id !== null);
      await until('it was sent', async () => (await desk.text(id))?.state === 'sent');
      expect((await desk.attempts(id)).map(({ outcome, error_code }) => [outcome, error_code])).toEqual([
        ['refused', '131047'],
        ['accepted', null],
      ]);
      expect((await desk.received(cleo, 1)).filter(({ template }) => template !== null)).toHaveLength(1);
      // What is said of the first try late changes nothing.
      await desk.report(id, { status: 'failed', errorCode: '131047' }, 0);
      await until('all was heard', () => desk.queueIsEmpty());
      expect((await desk.text(id))?.state).toBe('sent');
    },
  );

  it('fails with a paused template, whose state is read again', async () => {
    const dora = await desk.person({ wroteMinutesAgo: 24 * 60 });
    desk.meta.refuseTexts(132015, 1);
    const before = await desk.rings();
    const id = await desk.request(dora, reminder);
    await until('it failed', async () => (await desk.text(id))?.state === 'failed');
    expect((await desk.text(id))?.reason).toMatch(/template/);
    expect(await desk.rings()).toBe(before + 1);
  });
});

describe('a text that Meta withholds since the person wants no marketing of the clinic', () => {
  it.each(['answer', 'receipt'] as const)('ends their consent to marketing, by its %s', async (how) => {
    const ana = await desk.person({ wroteMinutesAgo: 1 });
    await desk.agreeToMarketing(ana);
    if (how === 'answer') desk.meta.refuseTexts(131050, 1);
    const id = await desk.request(ana);
    if (how === 'receipt') {
      await until('it was sent', async () => (await desk.text(id))?.state === 'sent');
      for (const _ of ['once', 'twice']) await desk.report(id, { status: 'failed', errorCode: '131050' });
    }
    await until('it failed', async () => (await desk.text(id))?.state === 'failed');
    await until('all was heard', () => desk.queueIsEmpty());
    expect(await desk.consentChanges(ana)).toEqual([
      { kind: 'marketing-opt-in', source: 'staff', channel: 'web' },
      { kind: 'marketing-opt-out', source: 'carrier', channel: 'whatsapp' },
    ]);
  });
});

describe('a limit that Meta tells of', () => {
  type Simulator = WhatsAppDesk['meta'];
  const slow = (answer: 'too-many-requests' | 'queue-full') => (meta: Simulator) =>
    meta.limitThroughput({ textsPerSecond: 0.01, answer });

  it.each<[code: string, pauses: 'all clinics' | 'the sender' | 'nobody', (meta: Simulator) => void]>([
    ['4', 'all clinics', (meta) => meta.refuseTexts(4)],
    ['80007', 'the sender', (meta) => meta.misbehave({ kind: 'answer', status: 429, retryAfterSeconds: 60 })],
    ['130429', 'the sender', slow('too-many-requests')],
    ['131056', 'nobody', slow('queue-full')],
  ])('by %s pauses %s besides the text', async (code, pauses, limit) => {
    const attemptOn = async () => {
      const id = await desk.request(await desk.person({ wroteMinutesAgo: 1 }));
      return until('Meta has answered', async () => (await desk.attempts(id)).find(({ outcome }) => outcome !== null));
    };
    limit(desk.meta);
    try {
      const first = await attemptOn();
      const limited = first.outcome === 'accepted' ? await attemptOn() : first;
      expect(limited).toMatchObject({ outcome: 'retryable', error_code: code });
      await until('all was heard', () => desk.queueIsEmpty());
      const keys = { 'all clinics': 'carrier:meta', 'the sender': `sender:${desk.clinic.location.number}` };
      expect(await desk.pauses()).toEqual(pauses === 'nobody' ? [] : [keys[pauses]]);
    } finally {
      desk.meta.behave();
      desk.meta.planReceipts({ never: true });
      await desk.endPauses();
    }
  });
});

describe('a text by a sender', () => {
  it('leaves with the newest token once the kept one is forgotten, and no other', async () => {
    const { phoneNumberId, token } = localWhatsApp(desk.clinic);
    const tokens = makeWhatsAppTokens({
      database: desk.database,
      keys: testTokenKeys,
      clock: () => Temporal.Instant.from('2026-11-20T16:00:00Z'),
    });
    expect(await tokens.tokenOf(phoneNumberId)).toBe(token);
    await desk.setToken('EAAnew');
    tokens.forgetToken(phoneNumberId, 'EAAnew');
    expect(await tokens.tokenOf(phoneNumberId)).toBe(token);
    tokens.forgetToken(phoneNumberId, token);
    expect(await tokens.tokenOf(phoneNumberId)).toBe('EAAnew');
    await desk.setToken(token);
  });

  it('waits while the sender is not online if it has a time of its own, and is never said late if it has none', async () => {
    const lately = { wroteMinutesAgo: 1 };
    const [ana, ben, cleo] = [await desk.person(lately), await desk.person(lately), await desk.person(lately)];
    const task = (resolved: boolean) => [{ kind: 'text-failed', resolved }];
    const soon = Temporal.Now.instant().add({ minutes: 10 });
    await desk.setSender('failed');
    const answer = await desk.request(ana);
    const [link, late] = [await desk.request(ben, { expiresAt: soon }), await desk.request(cleo, { expiresAt: soon })];
    await until('the answer was judged', async () => (await desk.text(answer))?.state === 'suppressed');
    expect((await desk.text(answer))?.reason).toMatch(/not connected.*call them/);
    for (const id of [link, late]) {
      await until('it waits', async () => (await desk.text(id))?.reason !== null);
      expect((await desk.text(id))?.state).toBe('queued');
    }
    await desk.expire(late);
    desk.bring(late);
    await until('its time has passed', async () => (await desk.text(late))?.state === 'suppressed');
    for (const id of [answer, link, late]) expect(await desk.tasksOf(id)).toEqual(task(false));

    await desk.setSender('online');
    await desk.lookAtSender();
    desk.bring(link);
    await until('it has left', async () => (await desk.text(link))?.state === 'sent');
    expect(await desk.received(ben, 1)).toHaveLength(1);
    expect(await Promise.all([answer, link, late].map((id) => desk.tasksOf(id)))).toEqual([
      task(false),
      task(true),
      task(true),
    ]);

    const anew = await desk.request(ana);
    await until('the person has an answer', async () => (await desk.text(anew))?.state === 'sent');
    await desk.lookAtSender();
    expect(await desk.tasksOf(answer)).toEqual(task(true));
    expect((await desk.text(answer))?.state).toBe('suppressed');
  });

  it('leaves by SMS to a missed caller and where SMS is asked for', async () => {
    const ana = await desk.person({ wroteMinutesAgo: 1 });
    const texts = [await desk.request(ana, { class: 'missed-call' }), await desk.request(ana, { channel: 'sms' })];
    for (const id of texts) {
      await until('it was sent', async () => (await desk.text(id))?.state === 'sent');
      expect(await desk.text(id)).toMatchObject({ channel: 'sms', segments: 1 });
    }
    expect(await desk.received(ana, 0)).toEqual([]);
  });

  it('waits in a line of its own beside the texts of the same number', async () => {
    const ids = await desk.leaveInLine(await desk.person({ wroteMinutesAgo: 1 }));
    const due = await findDueTexts(desk.database, {
      priority: 0,
      dueBefore: Temporal.Instant.from('2000-01-02T00:00:00Z'),
      atMost: 10,
      after: { orgId: '00000000-0000-0000-0000-000000000000', number: '', channel: '' },
      full: { places: [], carriers: [] },
    });
    const { number } = desk.clinic.location;
    expect(due.map(({ messageId, ...place }) => [messageId, place])).toEqual([
      [ids[0], { orgId: desk.clinic.id, number, channel: 'sms', carrier: 'telnyx' }],
      [ids[1], { orgId: desk.clinic.id, number, channel: 'whatsapp', carrier: 'meta' }],
    ]);
    const behind = await findDueTexts(desk.database, {
      priority: 0,
      dueBefore: Temporal.Instant.from('2000-01-02T00:00:00Z'),
      atMost: 10,
      after: { orgId: desk.clinic.id, number, channel: 'sms' },
      full: { places: [`sms ${number}`], carriers: [] },
    });
    expect(behind.map(({ messageId }) => messageId)).toEqual([ids[1]]);
  });
});

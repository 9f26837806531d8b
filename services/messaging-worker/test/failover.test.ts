import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId, present } from '@frontdesk/kernel';
import { accountAtTwilio } from '@frontdesk/messaging';
import { twilioTemplates } from '@frontdesk/providers/twilio';
import { createTestClinic } from '@frontdesk/testkit';
import { openTwoCarriers, type TwoCarriers } from './two-carriers.ts';

let desk: TwoCarriers;
beforeAll(async () => {
  desk = await openTwoCarriers();
});
beforeEach(() => {
  desk.behave();
  desk.opened.length = 0;
});
afterAll(() => desk.close());

const said = (clinic = desk.clinic) => `${clinic.name}: See you at 3`;

describe('a text that its carrier does not take', () => {
  it('leaves by the other carrier after two tries, and says who it is from', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.telnyx.refuseTexts('40318');
    const worker = desk.instance();
    for (let tries = 0; tries < 3; tries++) {
      await worker.send(id);
      desk.pass({ seconds: 10 });
    }
    expect(desk.received(person)).toEqual([[], [said()]]);
    expect(await desk.attempts(id)).toMatchObject([
      { provider: 'telnyx', from_number: desk.clinic.location.number, outcome: 'retryable' },
      { provider: 'telnyx', from_number: desk.clinic.location.number, outcome: 'retryable' },
      { provider: 'twilio', from_number: desk.standIn, outcome: 'accepted' },
    ]);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', reason: null });
  });

  it('leaves by the other carrier at once when only its own may not send it', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.telnyx.refuseTexts('40315', 1);
    const worker = desk.instance();
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'queued' });
    await worker.send(id);
    expect(desk.received(person)).toEqual([[], [said()]]);
    expect(desk.opened).toEqual([]);
  });

  it('has failed when nobody else may send it either', async () => {
    const clinic = await createTestClinic(desk.server.owner);
    const id = await desk.request(await desk.person(clinic), {}, clinic);
    desk.telnyx.refuseTexts('40315', 1);
    await desk.instance().send(id, clinic);
    expect(await desk.text(id)).toMatchObject({ state: 'failed', attempts: 1 });
    expect(desk.opened).toMatchObject([{ kind: 'text-failed', messageId: id }]);
  });

  it('leaves from no number whose campaign is closed, and goes around none by another number', async () => {
    const clinic = await createTestClinic(desk.server.owner);
    const other = await desk.addNumber(clinic, 'twilio');
    const close = (number: string, isClosed: boolean) =>
      inTenants(desk.server.owner, [clinic.id], (client) =>
        client.query('update phone_numbers set campaign_closed = $2 where e164 = $1', [number, isClosed]),
      );
    const person = await desk.person(clinic);
    const worker = desk.instance();
    await close(clinic.location.number, true);
    const [answer, kept, missed] = [
      await desk.request(person, {}, clinic),
      await desk.request(person, { expiresAt: desk.now().add({ hours: 2 }) }, clinic),
      await desk.request(person, { expiresAt: desk.now().add({ minutes: 5 }) }, clinic),
    ];
    for (const id of [answer, kept, missed]) await worker.send(id, clinic);
    expect([await desk.text(answer), await desk.text(kept)]).toMatchObject([
      { state: 'suppressed', reason: expect.stringMatching(/its campaign is suspended/) },
      { state: 'queued', attempts: 0, reason: expect.stringMatching(/until the campaign/) },
    ]);
    expect(desk.opened).toMatchObject([{ kind: 'text-failed', messageId: answer }]);
    await close(clinic.location.number, false);
    await close(other, true);
    desk.telnyx.refuseTexts('40315', 1);
    desk.pass({ minutes: 15 });
    await worker.send(missed, clinic);
    expect(await desk.text(missed)).toMatchObject({ state: 'suppressed' });
    const reason = expect.stringMatching(/waited for the campaign.*its time has passed/);
    expect(desk.opened.at(-1)).toMatchObject({ kind: 'text-failed', messageId: missed, reason });
    await worker.send(kept, clinic);
    expect(await desk.text(kept)).toMatchObject({ state: 'failed', attempts: 1 });
    expect(desk.received(person)).toEqual([[], []]);
  });

  it('is given to no other carrier when this one refuses the text itself', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.telnyx.refuseTexts('40310', 1);
    const worker = desk.instance();
    await worker.send(id);
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'failed' });
    expect(desk.received(person)).toEqual([[], []]);
  });

  it('goes to nobody who said STOP, whatever the number', async () => {
    const person = await desk.person();
    const id = await desk.request(person);
    desk.telnyx.refuseTexts('40315', 1);
    const worker = desk.instance();
    await worker.send(id);
    await inTenants(desk.server.owner, [desk.clinic.id], (client) =>
      client.query('insert into opt_outs values ($1, $2, now())', [desk.clinic.id, person.phone]),
    );
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'suppressed' });
    expect(desk.received(person)).toEqual([[], []]);
  });

  it('waits for its own carrier when it confirms a STOP, which belongs to the number that was written to', async () => {
    const person = await desk.person();
    const id = await desk.request(person, { class: 'keyword-answer', kind: 'stop-confirmation' });
    desk.telnyx.refuseTexts('40318', 3);
    const worker = desk.instance();
    for (let tries = 0; tries < 4; tries++) {
      await worker.send(id);
      desk.pass({ seconds: 10 });
    }
    expect(desk.received(person)).toEqual([['See you at 3'], []]);
  });
});

describe('a text that its carrier may have', () => {
  it.each(['accept-then-hang', 'accept-then-fail', 'accept-then-reset'] as const)(
    'goes to no other carrier after %s',
    async (kind) => {
      const person = await desk.person();
      const id = await desk.request(person);
      desk.telnyx.misbehave({ kind }, { times: 1 });
      const worker = desk.instance();
      await worker.send(id);
      const [attempt] = await desk.attempts(id);
      for (let minutes = 0; minutes < 4; minutes++) {
        desk.pass({ minutes: 1 });
        expect(await worker.reconcile(present(attempt, 'the attempt').id)).toBe('cannot-tell');
        await worker.send(id);
      }
      expect(desk.received(person)).toEqual([['See you at 3'], []]);
      expect(await desk.text(id)).toMatchObject({ state: 'unknown', attempts: 1 });
    },
  );
});

describe('a carrier that does not work', () => {
  const policy = { failures: 3, pauseMs: 2_000, capMs: 8_000 };

  it('is not asked any more after some failures, and no try is counted meanwhile', async () => {
    const clinic = await createTestClinic(desk.server.owner);
    await desk.telnyx.goOffline();
    const worker = desk.instance({ circuit: policy });
    const ids = await Promise.all(
      Array.from({ length: 6 }, async () => desk.request(await desk.person(clinic), {}, clinic)),
    );
    for (const id of ids) await worker.send(id, clinic);
    const texts = await Promise.all(ids.map(desk.text));
    expect(texts.map((text) => text?.attempts)).toEqual([1, 1, 1, 0, 0, 0]);
    expect(texts.map((text) => text?.state)).toEqual(ids.map(() => 'queued'));
    await desk.telnyx.goOnline();
    desk.pass({ seconds: 10 });
    for (let rounds = 0; rounds < 3; rounds++) {
      await worker.due.sweep();
      await worker.due.settled();
      desk.pass({ seconds: 10 });
    }
    expect((await Promise.all(ids.map(desk.text))).map((text) => text?.state)).toEqual(ids.map(() => 'sent'));
  });

  it('leaves its texts to the other carrier, whose numbers say who they are', async () => {
    await desk.telnyx.goOffline();
    const worker = desk.instance({ circuit: policy });
    for (let n = 0; n < 3; n++) await worker.send(await desk.request(await desk.person()));
    const person = await desk.person();
    const id = await desk.request(person);
    await worker.send(id);
    await desk.telnyx.goOnline();
    expect(desk.received(person)).toEqual([[], [said()]]);
    expect(await desk.text(id)).toMatchObject({ state: 'sent', attempts: 1 });
  });
});

describe('a text on WhatsApp through Twilio', () => {
  let template: string;
  beforeAll(async () => {
    const { twilio, clinic, standIn, server } = desk;
    const { apiUrl: baseUrl, accountSid, authToken } = twilio;
    const content = { name: 'news', language: 'en', body: 'We have news for you.', examples: [], choices: [] };
    const registry = twilioTemplates({ baseUrl, accountSid, authToken, timeoutMs: 10_000 });
    const wanted = { ...content, orgId: clinic.id, account: accountAtTwilio, category: 'utility' } as const;
    template = (await registry.submit(wanted)).externalId;
    await twilio.approveTemplate(template);
    await inTenants(server.owner, [clinic.id], async (client) => {
      await client.query(
        `insert into whatsapp_senders (org_id, id, location_id, provider, e164, state, created_at, state_at)
         values ($1, gen_random_uuid(), $2, 'twilio', $3, 'online', now(), now())`,
        [clinic.id, clinic.location.id, standIn],
      );
      await client.query(
        `insert into message_templates (org_id, id, provider, account, name, language, category, kinds, body, external_id, state,
           created_at, state_at)
         values ($1, gen_random_uuid(), 'twilio', $2, $3, $4, 'utility', '{answer}', $5, $6, 'approved', now(), now())`,
        [clinic.id, wanted.account, wanted.name, wanted.language, wanted.body, template],
      );
    });
  });

  /** A text to somebody who has just written to the sender, as the desk and maybe Twilio know. */
  async function aText({ twilioKnows }: { twilioKnows: boolean }) {
    const person = await desk.person();
    await inTenants(desk.server.owner, [desk.clinic.id], (client) =>
      client.query(
        `insert into inbound_messages (org_id, id, conversation_id, channel, from_number, to_number, body, digest, provider,
           provider_message_id, received_at, created_at)
         values ($1, $2::uuid, $3, 'whatsapp', $4, $5, 'Hi', '', 'twilio', $2::text, $6, $6)`,
        [desk.clinic.id, newId(), person.conversationId, person.phone, desk.standIn, desk.now().toString()],
      ),
    );
    if (twilioKnows) desk.twilio.openWindow(desk.standIn, person.phone);
    const id = await desk.request(person, { channel: 'whatsapp', from: desk.standIn });
    const on = (wanted: 'sms' | 'whatsapp') => () =>
      desk.twilio.accepted.filter(({ to, channel }) => to === person.phone && channel === wanted);
    return { id, taken: on('whatsapp'), bySms: on('sms') };
  }

  it('leaves as it is while the window is open', async () => {
    const { id, taken } = await aText({ twilioKnows: true });
    await desk.instance().send(id);
    expect(taken().map(({ text, contentSid }) => [text, contentSid])).toEqual([['See you at 3', null]]);
    expect(await desk.text(id)).toMatchObject({ state: 'sent' });
  });

  it('is found at Twilio when its answer was lost, and not sent again', async () => {
    const { id, taken } = await aText({ twilioKnows: true });
    desk.twilio.misbehave({ kind: 'accept-then-reset' }, { times: 1 });
    const worker = desk.instance();
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'unknown' });
    const [attempt] = await desk.attempts(id);
    desk.pass({ seconds: 61 });
    expect(await worker.reconcile(present(attempt, 'the try').id)).toBe('has-it');
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'delivered', attempts: 1 });
    expect(taken()).toHaveLength(1);
  });

  it.each(['answer', 'look-up'] as const)(
    'leaves once more, as a template, when Twilio says by its %s that the window is closed',
    async (how) => {
      const { id, taken } = await aText({ twilioKnows: false });
      const worker = desk.instance();
      desk.twilio.setWindowRefusal(how === 'answer' ? 'answer' : 'receipt');
      if (how === 'look-up') desk.twilio.misbehave({ kind: 'accept-then-reset' }, { times: 1 });
      await worker.send(id);
      const [attempt] = await desk.attempts(id);
      desk.pass({ seconds: 61 });
      if (how === 'look-up') expect(await worker.reconcile(present(attempt, 'the try').id)).toBe('has-it');
      expect(await desk.text(id)).toMatchObject({ state: 'queued' });
      await worker.send(id);
      await worker.send(id);
      expect(taken().at(-1)).toMatchObject({ contentSid: template });
      expect(taken().filter(({ contentSid }) => contentSid === template)).toHaveLength(1);
      expect(await desk.attempts(id)).toMatchObject([
        { outcome: 'refused', error_code: '63016' },
        { outcome: 'accepted', provider: 'twilio' },
      ]);
      expect(await desk.text(id)).toMatchObject({ state: 'sent' });
    },
  );

  it.each(['answer', 'look-up'] as const)(
    'leaves by SMS from the same number, once, when Twilio says by its %s that the person is not there',
    async (how) => {
      const { id, bySms } = await aText({ twilioKnows: true });
      const worker = desk.instance();
      if (how === 'answer') desk.twilio.refuseTexts(63024, 1);
      else {
        desk.twilio.behave();
        desk.twilio.planReceipts({ never: true, status: 'undelivered', errorCode: '63024' }, 1);
        desk.twilio.planReceipts({ never: true });
        desk.twilio.misbehave({ kind: 'accept-then-reset' }, { times: 1 });
      }
      await worker.send(id);
      const [attempt] = await desk.attempts(id);
      if (how === 'look-up') {
        desk.pass({ seconds: 61 });
        expect(await worker.reconcile(present(attempt, 'the try').id)).toBe('has-it');
      }
      await worker.send(id);
      await worker.send(id);
      expect(bySms()).toMatchObject([{ from: desk.standIn, text: 'See you at 3' }]);
      expect(await desk.attempts(id)).toMatchObject([
        { outcome: 'refused', error_code: '63024' },
        { outcome: 'accepted', provider: 'twilio' },
      ]);
      expect(await desk.text(id)).toMatchObject({ state: 'sent', attempts: 2 });
    },
  );

  it('is given to nobody else when what it says is not taken', async () => {
    const { id, taken, bySms } = await aText({ twilioKnows: true });
    desk.twilio.refuseTexts(63021, 1);
    const worker = desk.instance();
    await worker.send(id);
    await worker.send(id);
    expect(await desk.text(id)).toMatchObject({ state: 'failed', attempts: 1 });
    expect([...taken(), ...bySms()]).toEqual([]);
  });
});

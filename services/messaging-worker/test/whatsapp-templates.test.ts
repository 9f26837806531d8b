import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { accountAtTwilio, readyMadeTemplates } from '@frontdesk/messaging';
import { leaveSender, registerSender } from '@frontdesk/numbers/postgres';
import { openStage, type Stage } from './whatsapp-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

let accountsMade = 0;

/** A clinic whose sender came online at Meta, and one of its ready-made templates. */
async function anOnlineClinic() {
  accountsMade += 1;
  const clinic = await stage.clinic();
  const wabaId = `30300000${accountsMade}`;
  const outcome = await stage.signUp(clinic, { wabaId, phoneNumberId: `1${wabaId}`, number: stage.newNumber() });
  const senderId = outcome.kind === 'connected' ? outcome.id : '';
  await stage.look(clinic.id, senderId);
  const [content] = readyMadeTemplates({ orgId: clinic.id, clinicName: clinic.name });
  if (content === undefined) throw new Error('there are no ready-made templates');
  return { clinic, wabaId, senderId, content, account: { provider: 'meta', account: wabaId } as const };
}
const submittedAt = (wabaId: string) => stage.meta.templates().filter((each) => each.wabaId === wabaId);

describe('from the code of a sign-up to an approved template', () => {
  it('each step follows the one before, by looks alone', async () => {
    const { clinic, wabaId, senderId, content, account } = await anOnlineClinic();
    expect((await stage.sender(senderId)).state).toBe('online');
    const id = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, id);
    expect(submittedAt(wabaId)).toMatchObject([{ name: content.name, category: 'UTILITY', body: content.body }]);
    expect(await stage.template(id)).toMatchObject({ state: 'submitted', external_id: submittedAt(wabaId)[0]?.id });
    await stage.meta.approveTemplate(content.name);
    await stage.waitAndLook(clinic.id, id);
    expect(await stage.template(id)).toMatchObject({ state: 'approved', reason: null });
    expect(await stage.tasks(clinic.id)).toEqual([]);
  });
});

describe('a template that is submitted', () => {
  it('is asked for at growing intervals', async () => {
    const { clinic, content, account } = await anOnlineClinic();
    const id = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, id);
    const waits: number[] = [];
    for (let looks = 0; looks < 10; looks++) {
      const before = stage.clock();
      await stage.waitAndLook(clinic.id, id);
      waits.push(before.until(stage.clock()).total('minutes'));
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThanOrEqual(1);
    expect(waits.at(-1)).toBeGreaterThan(1);
  });

  it('is handed in once, though the answer is lost or its look comes again', async () => {
    const { clinic, wabaId, content, account } = await anOnlineClinic();
    const id = await stage.submitted(clinic.id, content, account);
    stage.meta.misbehave({ kind: 'accept-then-reset' }, { times: 1, where: ({ method }) => method === 'POST' });
    await stage.look(clinic.id, id);
    expect(submittedAt(wabaId)).toHaveLength(1);
    expect(await stage.template(id)).toMatchObject({ state: 'submitted', external_id: null });
    await stage.waitAndLook(clinic.id, id);
    await stage.look(clinic.id, id);
    expect(submittedAt(wabaId)).toHaveLength(1);
    expect(await stage.template(id)).toMatchObject({ external_id: submittedAt(wabaId)[0]?.id });
  });

  it('is rejected with what to do, and staff are told', async () => {
    const { clinic, content, account } = await anOnlineClinic();
    const id = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, id);
    await stage.meta.rejectTemplate(content.name, 'PROMOTIONAL');
    await stage.waitAndLook(clinic.id, id);
    const { state, reason } = await stage.template(id);
    expect({ state, reason }).toEqual({
      state: 'rejected',
      reason: expect.stringMatching(/advertisement.*another name/s),
    });
    expect(await stage.tasks(clinic.id)).toEqual([expect.stringContaining(content.name)]);
  });

  it('never takes the place of another that somebody wrote under its name', async () => {
    const { clinic, wabaId, content, account } = await anOnlineClinic();
    const first = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, first);
    await stage.server.owner.query('delete from message_templates where id = $1', [first]);
    const id = await stage.submitted(clinic.id, { ...content, body: `${content.body} Thank you.` }, account);
    await stage.look(clinic.id, id);
    expect(await stage.template(id)).toMatchObject({
      state: 'rejected',
      reason: expect.stringMatching(/another template of this name/),
      external_id: null,
    });
    expect(submittedAt(wabaId)).toHaveLength(1);
  });
});

describe('a template that is approved', () => {
  it('is found paused and allowed again', async () => {
    const { clinic, content, account } = await anOnlineClinic();
    const id = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, id);
    await stage.meta.approveTemplate(content.name);
    await stage.waitAndLook(clinic.id, id);
    await stage.meta.pauseTemplate(content.name);
    await stage.waitAndLook(clinic.id, id);
    expect(await stage.template(id)).toMatchObject({
      state: 'paused',
      reason: expect.stringContaining('comes back by itself'),
    });
    expect(await stage.tasks(clinic.id)).toEqual([expect.stringContaining('cannot be used')]);
    await stage.meta.approveTemplate(content.name);
    await stage.waitAndLook(clinic.id, id);
    expect(await stage.template(id)).toMatchObject({ state: 'approved', reason: null });
    expect(await stage.tasks(clinic.id)).toEqual([]);
  });
});

describe('a template that is retired', () => {
  /** One that is approved at Meta, and what its owner does. */
  async function anApprovedTemplate() {
    const online = await anOnlineClinic();
    const { clinic, wabaId, content, account } = online;
    const id = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, id);
    const atMeta = submittedAt(wabaId)[0]?.id ?? '';
    await stage.meta.approveTemplate(atMeta);
    await stage.waitAndLook(clinic.id, id);
    return { ...online, id, atMeta };
  }
  const deletions = () => stage.meta.requests.filter(({ method }) => method === 'DELETE').length;

  it('is deleted at Meta in its language alone, with the tasks about it, and is looked at no more', async () => {
    const { clinic, wabaId, content, account, id, atMeta } = await anApprovedTemplate();
    const other = await stage.submitted(clinic.id, { ...content, language: 'en_GB' }, account);
    await stage.look(clinic.id, other);
    await stage.meta.pauseTemplate(atMeta);
    await stage.waitAndLook(clinic.id, id);
    expect(await stage.tasks(clinic.id)).toHaveLength(1);
    await stage.retire(clinic.id, id);
    await stage.waitAndLook(clinic.id, id);
    expect(submittedAt(wabaId)).toMatchObject([{ language: 'en_GB' }]);
    expect(await stage.template(id)).toMatchObject({ state: 'disabled', removed_at: expect.any(Date) });
    expect(await stage.tasks(clinic.id)).toEqual([]);
    expect(await stage.dueAt(id)).toBeNull();
    const before = deletions();
    await stage.ring(clinic.id, id);
    await stage.look(clinic.id, id);
    expect(deletions()).toBe(before);
  });

  it.each(['reset', 'accept-then-reset'] as const)('is deleted once though the connection breaks: %s', async (kind) => {
    const { clinic, wabaId, id } = await anApprovedTemplate();
    await stage.retire(clinic.id, id);
    stage.meta.misbehave({ kind }, { times: 1, where: ({ method }) => method === 'DELETE' });
    await stage.look(clinic.id, id);
    expect((await stage.template(id)).removed_at).toBeNull();
    await stage.waitAndLook(clinic.id, id);
    expect(submittedAt(wabaId)).toEqual([]);
    expect((await stage.template(id)).removed_at).not.toBeNull();
  });

  it('stays at Meta until the texts that chose it have left', async () => {
    const { clinic, wabaId, id } = await anApprovedTemplate();
    const text = await stage.text(clinic, { state: 'sending', templateId: id });
    await stage.retire(clinic.id, id);
    await stage.look(clinic.id, id);
    expect(submittedAt(wabaId)).toHaveLength(1);
    await text.arrives();
    await stage.waitAndLook(clinic.id, id);
    expect(submittedAt(wabaId)).toEqual([]);
  });

  it('takes nothing along that somebody put in its place, or that was there before it', async () => {
    const { clinic, wabaId, content, account, id, atMeta } = await anApprovedTemplate();
    await stage.server.owner.query("update message_templates set external_id = '1' where id = $1", [id]);
    await stage.retire(clinic.id, id);
    await stage.look(clinic.id, id);
    expect(submittedAt(wabaId)).toMatchObject([{ id: atMeta }]);
    await stage.server.owner.query('delete from message_templates where id = $1', [id]);
    const refused = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, refused);
    await stage.retire(clinic.id, refused);
    await stage.look(clinic.id, refused);
    expect(submittedAt(wabaId)).toMatchObject([{ id: atMeta }]);
    expect((await stage.template(refused)).removed_at).not.toBeNull();
  });
});

describe('a template that Meta takes for marketing', () => {
  it('is marketing from then on, and staff are told once what that means', async () => {
    const { clinic, content, account } = await anOnlineClinic();
    const id = await stage.submitted(clinic.id, content, account);
    await stage.look(clinic.id, id);
    await stage.meta.approveTemplate(content.name);
    await stage.waitAndLook(clinic.id, id);
    await stage.meta.recategoriseTemplate(content.name, 'MARKETING');
    await stage.waitAndLook(clinic.id, id);
    await stage.waitAndLook(clinic.id, id);
    expect(await stage.template(id)).toMatchObject({ state: 'approved', category: 'marketing' });
    expect(await stage.tasks(clinic.id)).toEqual([expect.stringContaining('counts as marketing now')]);
  });
});

describe('a template of an account that nobody of the clinic is connected to', () => {
  it('waits for the next sign-up', async () => {
    const { clinic, wabaId, senderId, content, account } = await anOnlineClinic();
    const id = await stage.submitted(clinic.id, content, account);
    const gone = (tx: Parameters<typeof leaveSender>[0]) =>
      leaveSender(tx, { orgId: clinic.id, id: senderId, now: stage.clock() });
    await stage.api.inTenant(clinic.id, gone);
    await stage.look(clinic.id, id);
    expect(submittedAt(wabaId)).toEqual([]);
    await stage.signUp(clinic, { wabaId, phoneNumberId: `1${wabaId}`, number: stage.newNumber() });
    await stage.waitAndLook(clinic.id, id);
    expect(submittedAt(wabaId)).toHaveLength(1);
  });
});

describe('a template at Twilio', () => {
  it('becomes a content of the clinic, and is approved', async () => {
    const clinic = await stage.clinic();
    const [content] = readyMadeTemplates({ orgId: clinic.id, clinicName: clinic.name });
    if (content === undefined) throw new Error('there are no ready-made templates');
    const id = await stage.submitted(clinic.id, content, { provider: 'twilio', account: accountAtTwilio });
    await stage.look(clinic.id, id);
    const { external_id: contentSid } = await stage.template(id);
    expect(contentSid).toMatch(/^HX/);
    await stage.twilio.approveTemplate(String(contentSid));
    await stage.waitAndLook(clinic.id, id);
    expect((await stage.template(id)).state).toBe('approved');
    expect(stage.twilio.contents()).toHaveLength(1);
  });

  it.each([false, true])('is deleted there once it is retired, though somebody was faster: %s', async (isGone) => {
    const clinic = await stage.clinic();
    const [content] = readyMadeTemplates({ orgId: clinic.id, clinicName: clinic.name });
    if (content === undefined) throw new Error('there are no ready-made templates');
    const before = stage.twilio.contents().length;
    const id = await stage.submitted(clinic.id, content, { provider: 'twilio', account: accountAtTwilio });
    await stage.look(clinic.id, id);
    expect(stage.twilio.contents()).toHaveLength(before + 1);
    await stage.retire(clinic.id, id);
    if (isGone)
      stage.twilio.misbehave({ kind: 'accept-then-reset' }, { times: 1, where: ({ method }) => method === 'DELETE' });
    await stage.look(clinic.id, id);
    if (isGone) await stage.waitAndLook(clinic.id, id);
    expect(stage.twilio.contents()).toHaveLength(before);
    expect((await stage.template(id)).removed_at).not.toBeNull();
  });
});

describe('a sender that Twilio runs', () => {
  async function atTwilio() {
    const clinic = await stage.clinic();
    const number = stage.newNumber();
    await stage.server.owner.query(
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id, carrier)
       values ($1, $2, $3, 'MG1', 'twilio')`,
      [number, clinic.id, clinic.location.id],
    );
    const register = () =>
      stage.api.inTenant(clinic.id, (tx) =>
        registerSender(tx, { orgId: clinic.id, number, displayName: 'Radiance', now: stage.clock() }),
      );
    const outcome = await register();
    const id = 'id' in outcome ? outcome.id : '';
    await stage.look(clinic.id, id);
    return { clinic, number, id, register };
  }
  const sendersAtTwilio = (number: string) => stage.twilio.senders().filter((each) => each.number === number);

  it('is made once, asked for at growing intervals, and online after hours', async () => {
    const { clinic, number, id } = await atTwilio();
    expect(await stage.sender(id)).toMatchObject({ state: 'connecting', step: 'created' });
    const waits: number[] = [];
    for (let looks = 0; looks < 10; looks++) {
      const before = stage.clock();
      await stage.waitAndLook(clinic.id, id);
      waits.push(before.until(stage.clock()).total('minutes'));
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits.at(-1)).toBeGreaterThan(1);
    await stage.twilio.moveSender(number, 'ONLINE');
    await stage.waitAndLook(clinic.id, id);
    expect((await stage.sender(id)).state).toBe('online');
    expect(sendersAtTwilio(number)).toHaveLength(1);
  });

  it('says why it failed, and is made anew when it is registered again', async () => {
    const { clinic, number, id, register } = await atTwilio();
    const reasons = [{ code: '63110', message: 'The display name breaks the guidelines' }];
    await stage.twilio.moveSender(number, 'OFFLINE', { reasons });
    await stage.waitAndLook(clinic.id, id);
    expect(await stage.sender(id)).toMatchObject({
      state: 'failed',
      reason: expect.stringMatching(/display name breaks.*register the number again/s),
    });
    expect(await stage.tasks(clinic.id)).toHaveLength(1);
    expect(await register()).toEqual({ kind: 'connecting', id });
    await stage.look(clinic.id, id);
    expect(sendersAtTwilio(number).map(({ status }) => status)).toEqual(['CREATING']);
    expect((await stage.sender(id)).state).toBe('connecting');
  });

  it('is removed when it is disconnected', async () => {
    const { clinic, number, id } = await atTwilio();
    await stage.api.inTenant(clinic.id, (tx) => leaveSender(tx, { orgId: clinic.id, id, now: stage.clock() }));
    await stage.look(clinic.id, id);
    expect(sendersAtTwilio(number)).toEqual([]);
    expect((await stage.sender(id)).step).toBe('left');
  });
});

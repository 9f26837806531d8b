import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { parsePhoneNumber, present, type Id } from '@frontdesk/kernel';
import { medSpaBrand, medSpaCampaign, soleProprietorBrand } from '@frontdesk/testkit';
import {
  addNumberToCampaign,
  confirmOwnerCode,
  draftBrand,
  draftCampaign,
  explainBrand,
  makeAdvanceBrand,
  makeAdvanceCampaign,
  makeAdvanceCampaignNumber,
  mendBrand,
  mendCampaign,
  sendOwnerCode,
  submitBrand,
  submitCampaign,
} from '../src/index.ts';
import type { BrandDetails } from '../src/ports.ts';
import { campaignNumbers, findBrand, findCampaign, statusOfClinic } from '../src/postgres/index.ts';
import { scriptedRegistry } from './scripted-registry.ts';
import { openStage, type Stage } from './stage.ts';
import { writeText } from './written-rows.ts';

let stage: Stage;
let clinic: Awaited<ReturnType<Stage['clinic']>>;
let at: ReturnType<typeof scriptedRegistry>;
let look: ReturnType<Stage['engine']>;
let brand: Id;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  clinic = await stage.clinic();
  at = scriptedRegistry();
  const { inTenant, openTask, closeTasks, clock } = stage;
  const ports = { inTenant, openTask, closeTasks, clock, registry: at.registry };
  look = stage.engine({
    'tendlc-brand': makeAdvanceBrand(ports),
    'tendlc-campaign': makeAdvanceCampaign(ports),
    'tendlc-number': makeAdvanceCampaignNumber(ports),
  });
  stage.tasks.splice(0);
});
afterAll(() => stage.close());

const phone = (text: string) => present(parsePhoneNumber(text), 'a number');
const company: BrandDetails = { ...medSpaBrand, phone: phone(medSpaBrand.phone) };
const sole: BrandDetails = {
  ...soleProprietorBrand,
  phone: phone(soleProprietorBrand.phone),
  mobilePhone: phone(soleProprietorBrand.mobilePhone),
};
const asked = (id: Id) => ({
  orgId: clinic.id,
  id,
  actor: 'api:olga',
  requestId: 'request-1',
  now: stage.clock(),
  contentOf: () => [],
});
type Work<T> = Parameters<typeof stage.administration.inTenant<T>>[1];
const byHand = <T>(work: Work<T>) => stage.administration.inTenant(clinic.id, work);
const submitted = { insisted: 'It is a test.', appeal: null };
let made = 0;
const newId = () => `0199d5a0-0000-7000-8000-${String(++made).padStart(12, '0')}`;

async function handInBrand(details = company): Promise<Id> {
  const id = newId();
  await byHand(async (tx) => {
    await draftBrand(tx, { ...asked(id), details });
    await submitBrand(tx, { ...asked(id), ...submitted });
  });
  return id;
}
async function handInCampaign(): Promise<Id> {
  const id = newId();
  await byHand((tx) => draftCampaign(tx, { ...asked(id), brandId: brand, details: medSpaCampaign }));
  await byHand((tx) => submitCampaign(tx, { ...asked(id), ...submitted }));
  return id;
}
const lookAt = (id: Id) => look.lookAfter({ orgId: clinic.id, id });
/** The next look, after `minutes`. */
async function later(id: Id, minutes = 24 * 60) {
  stage.pass({ minutes });
  await lookAt(id);
}
const brandNow = async (id = brand) =>
  present(await byHand((tx) => findBrand(tx, { orgId: clinic.id, id })), 'the brand');
const campaignNow = async (id: Id) =>
  present(await byHand((tx) => findCampaign(tx, { orgId: clinic.id, id })), 'the campaign');
const taskReasons = () => stage.tasks.map(({ reason }) => reason);

/** A campaign that is live. */
async function liveCampaign(): Promise<Id> {
  at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
  brand = await handInBrand();
  await lookAt(brand);
  at.sayOfCampaign({ status: 'MNO_PROVISIONED' });
  const id = await handInCampaign();
  await lookAt(id);
  expect((await campaignNow(id)).state).toBe('live');
  return id;
}

describe('what costs a fee', () => {
  it('is submitted once, though the answer was lost and the list shows it only minutes later', async () => {
    at.loseAnswers(true);
    at.lag(true);
    brand = await handInBrand();
    await lookAt(brand);
    for (let n = 0; n < 3; n++) await later(brand, 2);
    expect((await brandNow()).externalId).toBeNull();
    at.loseAnswers(false);
    at.lag(false);
    at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
    await later(brand, 1);
    expect(await brandNow()).toMatchObject({ externalId: `B-${brand}`, state: 'verified', askedAt: null });
    at.loseAnswers(true);
    at.lag(true);
    const campaign = await handInCampaign();
    await lookAt(campaign);
    await later(campaign, 5);
    at.loseAnswers(false);
    at.lag(false);
    await later(campaign, 10);
    expect((await campaignNow(campaign)).externalId).toBe(`C-${campaign}`);
    expect(at.asked).toEqual(['submit brand', 'submit campaign']);
  });

  it('is submitted once by two instances that look at once', async () => {
    brand = await handInBrand();
    await Promise.all([lookAt(brand), lookAt(brand), lookAt(brand)]);
    expect(at.asked).toEqual(['submit brand']);
  });

  it('is not given up for gone because the registry does not show it for a minute', async () => {
    const campaign = await liveCampaign();
    at.hide(true);
    await later(campaign);
    await later(brand);
    expect([(await campaignNow(campaign)).state, (await brandNow()).state]).toEqual(['live', 'verified']);
    for (let n = 0; n < 12; n++) await later(campaign, 11);
    expect(await campaignNow(campaign)).toMatchObject({
      state: 'expired',
      reasons: ['The registry no longer has this campaign.'],
    });
  });
});

describe('a change that nobody submitted', () => {
  it('is not handed in by a look, and can be submitted afterwards', async () => {
    const campaign = await liveCampaign();
    const messageFlow = `${medSpaCampaign.messageFlow} Or on paper at the front desk.`;
    await byHand((tx) => mendCampaign(tx, { ...asked(campaign), details: { ...medSpaCampaign, messageFlow } }));
    await byHand((tx) => mendBrand(tx, { ...asked(brand), details: { ...company, city: 'Mesa' } }));
    await later(campaign);
    await lookAt(brand);
    expect(at.asked).toEqual(['submit brand', 'submit campaign']);
    for (const id of [brand, campaign]) {
      const submit = id === brand ? submitBrand : submitCampaign;
      expect((await byHand((tx) => submit(tx, { ...asked(id), ...submitted }))).kind).toBe('done');
      await lookAt(id);
    }
    expect(at.asked.slice(2)).toEqual(['update brand', 'update campaign']);
  });
});

describe('a brand that fails after it was verified', () => {
  it('is told to staff with its reason, also when it is looked at again, and no more once it is right', async () => {
    at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
    brand = await handInBrand();
    await lookAt(brand);
    at.sayOfBrand({ status: 'failed', reasons: ['EIN mismatch'] });
    await later(brand);
    expect(taskReasons()).toEqual([expect.stringMatching(/turned.*away.*EIN mismatch/)]);
    at.sayOfBrand({ reasons: [] });
    await later(brand);
    expect(await brandNow()).toMatchObject({ state: 'failed', reasons: ['EIN mismatch'], textsPerDay: null });
    at.sayOfBrand({ status: 'ok' });
    await later(brand);
    expect([(await brandNow()).state, taskReasons()]).toEqual(['verified', []]);
    at.sayOfBrand({ status: 'failed', reasons: ['EIN mismatch'] });
    await later(brand);
    expect(taskReasons()).toHaveLength(1);
  });
});

describe('a number of a campaign', () => {
  const own = () => phone(clinic.location.number);
  const add = (campaignId: Id, number = own()) =>
    byHand((tx) => addNumberToCampaign(tx, { ...asked(campaignId), campaignId, number }));
  const linkNow = async () => present((await byHand((tx) => campaignNumbers(tx, { orgId: clinic.id })))[0], 'the link');

  it('stays in it while it is suspended, and is in it when it resumes', async () => {
    const campaign = await liveCampaign();
    await add(campaign);
    const { id } = await linkNow();
    await lookAt(id);
    at.sayOfCampaign({ status: 'TCR_SUSPENDED' });
    await later(campaign);
    expect(taskReasons()).toEqual([expect.stringMatching(/suspended.*support of Telnyx/)]);
    at.loseNumber();
    await later(id);
    expect((await linkNow()).state).toBe('added');
    at.sayOfCampaign({ status: 'MNO_PROVISIONED' });
    await later(campaign);
    await later(id);
    expect([(await linkNow()).state, taskReasons()]).toEqual(['added', []]);
    expect(at.asked.filter((what) => what === 'assign number')).toHaveLength(2);
  });

  it('waits while a carrier cannot set the campaign up, of which staff are told', async () => {
    const campaign = await liveCampaign();
    at.sayOfCampaign({ status: 'MNO_PROVISIONING_FAILED' });
    await later(campaign);
    await later(campaign);
    expect(taskReasons()).toEqual([expect.stringMatching(/could not set it up.*support of Telnyx/)]);
  });

  it('may be of another country, which needs no campaign', async () => {
    const campaign = await liveCampaign();
    const abroad = phone('+525512345678');
    await stage.rows(`update phone_numbers set e164 = $2 where e164 = $1`, clinic.location.number, abroad);
    expect(await add(campaign, abroad)).toMatchObject({ kind: 'wrong-kind' });
    const { numbers } = await byHand((tx) => statusOfClinic(tx, { orgId: clinic.id, now: stage.clock() }));
    expect(numbers).toMatchObject([{ number: abroad, mayText: 'yes', errorCode: null, next: null }]);
  });
});

describe('T-Mobile’s day', () => {
  it('counts the parts that Telnyx may have taken since midnight in California, and ends there', async () => {
    const campaign = await liveCampaign();
    const number = phone(clinic.location.number);
    await byHand((tx) => addNumberToCampaign(tx, { ...asked(campaign), campaignId: campaign, number }));
    const [link] = await byHand((tx) => campaignNumbers(tx, { orgId: clinic.id }));
    await lookAt(present(link, 'the link').id);
    // Midnight in California in winter is eight in the morning in UTC.
    const midnight = Temporal.Instant.from('2026-12-01T08:00:00Z');
    const attempt = async (seconds: number, provider: string, outcome: string | null, segments: number | null) => {
      const moment = midnight.add({ seconds });
      const id = await writeText(stage, clinic, number);
      const hex = moment.epochMilliseconds.toString(16).padStart(12, '0');
      const attemptId = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${String(++made).padStart(12, '0')}`;
      await inTenants(stage.server.owner, [clinic.id], async (client) => {
        await client.query('update outbound_messages set segments = $2 where id = $1', [id, segments]);
        await client.query(
          `insert into send_attempts (org_id, id, message_id, number, provider, started_at, outcome, from_number)
           values ($1, $2, $3, 1, $4, $5, $6, $7)`,
          [clinic.id, attemptId, id, provider, moment.toString(), outcome, number],
        );
      });
    };
    await attempt(-1, 'telnyx', 'accepted', 5);
    await attempt(0, 'telnyx', 'accepted', 3);
    await attempt(1, 'telnyx', 'unknown', 1);
    await attempt(2, 'telnyx', null, null);
    await attempt(3, 'telnyx', 'refused', 4);
    await attempt(4, 'meta', 'accepted', null);
    await attempt(5, 'twilio', 'accepted', 2);
    const taken = async (seconds: number) => {
      const now = midnight.add({ seconds });
      return (await byHand((tx) => statusOfClinic(tx, { orgId: clinic.id, now }))).day?.taken;
    };
    expect([await taken(-1), await taken(6), await taken(24 * 3_600)]).toEqual([10, 5, 0]);
  });
});

describe('a sole proprietor', () => {
  const ports = () => ({
    inTenant: <T>(work: Work<T>) => byHand(work),
    registry: at.registry,
    clock: stage.clock,
  });
  const send = (id = brand) => sendOwnerCode(ports(), { ...asked(id) });
  const confirm = (code: string) => confirmOwnerCode(ports(), { ...asked(brand), code });
  const told = async () => explainBrand(await brandNow(), stage.clock());

  beforeEach(async () => {
    at.sayOfBrand({ status: 'ok', identity: 'SELF_DECLARED' });
    brand = await handInBrand(sole);
  });

  it('is asked for a code, told until when it counts, and verified by it; no campaign comes before', async () => {
    expect((await send()).kind).toBe('not-now');
    await lookAt(brand);
    expect((await brandNow()).state).toBe('code-wanted');
    expect(taskReasons()).toEqual([expect.stringMatching(/code.*24 hours/)]);
    expect(await told()).toMatchObject({
      next: expect.stringMatching(/Have the code sent/),
      code: { until: null, leftToday: 5 },
    });
    const early = newId();
    await byHand((tx) => draftCampaign(tx, { ...asked(early), brandId: brand, details: medSpaCampaign }));
    const refused = await byHand((tx) => submitCampaign(tx, { ...asked(early), ...submitted }));
    expect(refused).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/code/) });

    expect(await send()).toEqual({ kind: 'sent', leftToday: 4 });
    const until = stage.clock().add({ hours: 24 });
    expect(await told()).toMatchObject({
      next: expect.stringContaining(until.toString()),
      code: { triesLeft: 5, leftToday: 4 },
    });
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
    expect(await told()).toMatchObject({ words: expect.stringMatching(/has taken the code/) });
    expect([await confirm('104729'), await send()]).toEqual([{ kind: 'verified' }, { kind: 'verified' }]);
    await lookAt(brand);
    expect([(await brandNow()).state, taskReasons()]).toEqual(['verified', []]);
    expect(at.asked).toEqual(['submit brand', 'send code', 'confirm code']);
    const kept = await stage.rows<{ row: unknown }>(
      `select to_jsonb(a) as row from audit_log a where org_id = $1 union all select to_jsonb(o) from outbox o where org_id = $1
       union all select to_jsonb(b) from tendlc_brands b where org_id = $1`,
      clinic.id,
    );
    expect(JSON.stringify(kept)).toContain('tendlc_brand code confirmed');
    expect(JSON.stringify(kept)).not.toContain('104729');
  });

  it('gets one code a minute and five a day, by the phone, whoever asks and for whichever brand', async () => {
    await lookAt(brand);
    const other = await handInBrand({ ...sole, displayName: 'Ana Ruiz Nails' });
    await lookAt(other);
    const kinds = await Promise.all([send(), send(other), send(), send(other)]);
    expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['sent', 'wait', 'wait', 'wait']);
    const left: unknown[] = [];
    for (let n = 0; n < 5; n++) {
      stage.pass({ minutes: 1 });
      left.push(await send(n % 2 === 0 ? other : brand));
    }
    const until = stage.clock().subtract({ minutes: 1 }).add({ hours: 24 });
    expect(left).toEqual([...[3, 2, 1, 0].map((leftToday) => ({ kind: 'sent', leftToday })), { kind: 'wait', until }]);
    expect(at.asked.filter((what) => what === 'send code')).toHaveLength(5);
  });

  it('has five tries for a code, and a day', async () => {
    await lookAt(brand);
    expect(await confirm('000000')).toEqual({ kind: 'no-code' });
    await send();
    const answers = await Promise.all(Array.from({ length: 7 }, () => confirm('000000')));
    const left = answers.flatMap((answer) => (answer.kind === 'wrong' ? [answer.triesLeft] : []));
    expect(left.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
    expect(await confirm('104729')).toEqual({ kind: 'no-tries-left' });
    expect((await told()).next).toMatch(/No tries are left/);
    stage.pass({ minutes: 1 });
    await send();
    stage.pass({ hours: 24 });
    expect(await confirm('104729')).toEqual({ kind: 'expired' });
    expect((await told()).next).toMatch(/has expired/);
    await send();
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
  });

  it('gets no second code when the answer to the first was lost, and is verified by it', async () => {
    await lookAt(brand);
    at.loseAnswers(true);
    await expect(send()).rejects.toThrow('the answer was lost');
    expect((await send()).kind).toBe('wait');
    await expect(confirm('104729')).rejects.toThrow('the answer was lost');
    at.loseAnswers(false);
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
    expect(at.asked.filter((what) => what === 'send code')).toHaveLength(1);
  });

  it('may mend a wrong phone while the registry waits, and has the code sent once that is submitted', async () => {
    await lookAt(brand);
    const details = { ...sole, mobilePhone: phone('+16025550143') };
    expect((await byHand((tx) => mendBrand(tx, { ...asked(brand), details }))).kind).toBe('done');
    expect(await send()).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/submit it/) });
    await byHand((tx) => submitBrand(tx, { ...asked(brand), ...submitted }));
    await lookAt(brand);
    expect((await send()).kind).toBe('sent');
    expect(at.asked).toEqual(['submit brand', 'update brand', 'send code']);
  });

  it('is told that the registry sends no code yet, and companies that they need none', async () => {
    await lookAt(brand);
    at.sayOfBrand({ status: 'pending' });
    expect(await send()).toEqual({ kind: 'refused', reason: 'the brand is not registered yet' });
    expect(await told()).toMatchObject({ code: { sentAt: null, leftToday: 5 } });
    brand = await handInBrand();
    expect(await send()).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/company/) });
  });

  it('has one campaign, and one number in it', async () => {
    at.sayOfBrand({ identity: 'VERIFIED' });
    await lookAt(brand);
    const id = newId();
    const details = { ...medSpaCampaign, usecase: 'SOLE_PROPRIETOR' as const };
    await byHand((tx) => draftCampaign(tx, { ...asked(id), brandId: brand, details }));
    const add = (number: ReturnType<typeof phone>) =>
      byHand((tx) => addNumberToCampaign(tx, { ...asked(id), campaignId: id, number }));
    expect((await add(phone(clinic.location.number))).kind).toBe('done');
    const second = phone('+14805559876');
    await inTenants(stage.server.owner, [clinic.id], (client) =>
      client.query(
        `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`,
        [second, clinic.id, clinic.location.id],
      ),
    );
    expect(await add(second)).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/one number/) });

    const submit = (campaign: Id) => byHand((tx) => submitCampaign(tx, { ...asked(campaign), ...submitted }));
    expect((await submit(id)).kind).toBe('done');
    const another = newId();
    await byHand((tx) => draftCampaign(tx, { ...asked(another), brandId: brand, details }));
    expect(await submit(another)).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/one campaign/) });
  });
});

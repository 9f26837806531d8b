import { beforeEach, describe, expect, it } from '@jest/globals';
import { AccountFailure, type Id } from '@frontdesk/kernel';
import { medSpaCampaign, soleProprietorBrand } from '@frontdesk/testkit';
import {
  addNumberToCampaign,
  confirmOwnerCode,
  draftCampaign,
  explainBrand,
  mendBrand,
  sendOwnerCode,
  submitBrand,
  submitCampaign,
} from '../src/index.ts';
import type { BrandDetails, CountCode } from '../src/ports.ts';
import { campaignNumbers } from '../src/postgres/index.ts';
import { newId, phone, registryScene, submitted, type Work } from './registry-scene.ts';

const scene = registryScene();
const { asked, byHand, handInBrand, lookAt, taskReasons } = scene;
let brand: Id;
const brandNow = (id = brand) => scene.brandNow(id);
const sole: BrandDetails = {
  ...soleProprietorBrand,
  phone: phone(soleProprietorBrand.phone),
  mobilePhone: phone(soleProprietorBrand.mobilePhone),
};

describe('a sole proprietor', () => {
  let countCode: CountCode;
  const ports = () => ({
    inTenant: <T>(work: Work<T>) => byHand(work),
    registry: scene.at.registry,
    countCode,
    clock: scene.stage.clock,
  });
  const send = (id = brand) => sendOwnerCode(ports(), { ...asked(id) });
  const confirm = (code: string) => confirmOwnerCode(ports(), { ...asked(brand), code });
  const told = async () => explainBrand(await brandNow(), scene.stage.clock());

  beforeEach(async () => {
    countCode = async () => ({ kind: 'yes' });
    scene.at.sayOfBrand({ status: 'ok', identity: 'SELF_DECLARED' });
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
    const until = scene.stage.clock().add({ hours: 24 });
    expect(await told()).toMatchObject({
      next: expect.stringContaining(until.toString()),
      code: { triesLeft: 5, leftToday: 4 },
    });
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
    expect(await told()).toMatchObject({ words: expect.stringMatching(/has taken the code/) });
    expect([await confirm('104729'), await send()]).toEqual([{ kind: 'verified' }, { kind: 'verified' }]);
    await lookAt(brand);
    expect([(await brandNow()).state, taskReasons()]).toEqual(['verified', []]);
    expect(scene.at.asked).toEqual(['submit brand', 'send code', 'confirm code']);
    const kept = await scene.stage.rows<{ row: unknown }>(
      `select to_jsonb(a) as row from audit_log a where org_id = $1 union all select to_jsonb(o) from outbox o where org_id = $1
       union all select to_jsonb(b) from tendlc_brands b where org_id = $1`,
      scene.clinic.id,
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
      scene.stage.pass({ minutes: 1 });
      left.push(await send(n % 2 === 0 ? other : brand));
    }
    const until = scene.stage.clock().subtract({ minutes: 1 }).add({ hours: 24 });
    expect(left).toEqual([...[3, 2, 1, 0].map((leftToday) => ({ kind: 'sent', leftToday })), { kind: 'wait', until }]);
    expect(scene.at.asked.filter((what) => what === 'send code')).toHaveLength(5);
  });

  it('gets none while the phone has had enough of other clinics, and nothing is counted as sent', async () => {
    await lookAt(brand);
    const until = scene.stage.clock().add({ minutes: 40 });
    const phones: string[] = [];
    countCode = async (to) => {
      phones.push(to);
      return { kind: 'wait', until };
    };
    expect(await send()).toEqual({ kind: 'wait', until });
    expect(await told()).toMatchObject({ code: { sentAt: null, leftToday: 5 } });
    expect([phones, scene.at.asked]).toEqual([[sole.mobilePhone], ['submit brand']]);
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
    scene.stage.pass({ minutes: 1 });
    await send();
    scene.stage.pass({ hours: 24 });
    expect(await confirm('104729')).toEqual({ kind: 'expired' });
    expect((await told()).next).toMatch(/has expired/);
    await send();
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
  });

  it('gets no second code when the answer to the first was lost, and is verified by it', async () => {
    await lookAt(brand);
    scene.at.loseAnswers(true);
    await expect(send()).rejects.toThrow('the answer was lost');
    expect((await send()).kind).toBe('wait');
    await expect(confirm('104729')).rejects.toThrow('the answer was lost');
    scene.at.loseAnswers(false);
    expect(await confirm('104729')).toEqual({ kind: 'verified' });
    expect(scene.at.asked.filter((what) => what === 'send code')).toHaveLength(1);
  });

  it('gets no codes without end when a clock was a year ahead, and may ask again after a clear no', async () => {
    await lookAt(brand);
    const other = await handInBrand({ ...sole, displayName: 'Ana Ruiz Nails' });
    await lookAt(other);
    await scene.stage.rows(
      `update tendlc_brands set codes_sent = 1, code_sent_at = $2 where id = $1`,
      other,
      scene.stage.clock().add({ hours: 9_000 }).toString(),
    );
    scene.at.decline(new AccountFailure('no balance'));
    await expect(send()).rejects.toThrow('no balance');
    scene.at.decline(null);
    expect([(await send()).kind, (await send()).kind]).toEqual(['sent', 'wait']);
  });

  it('may mend a wrong phone while the registry waits, and has the code sent once that is submitted', async () => {
    await lookAt(brand);
    const details = { ...sole, mobilePhone: phone('+16025550143') };
    expect((await byHand((tx) => mendBrand(tx, { ...asked(brand), details }))).kind).toBe('done');
    expect(await send()).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/submit it/) });
    await byHand((tx) => submitBrand(tx, { ...asked(brand), ...submitted }));
    await lookAt(brand);
    expect((await send()).kind).toBe('sent');
    expect(scene.at.asked).toEqual(['submit brand', 'update brand', 'send code']);
  });

  it('is told that the registry sends no code yet, and companies that they need none', async () => {
    await lookAt(brand);
    scene.at.sayOfBrand({ status: 'pending' });
    expect(await send()).toEqual({ kind: 'refused', reason: 'the brand is not registered yet' });
    expect(await told()).toMatchObject({ code: { sentAt: null, leftToday: 5 } });
    brand = await handInBrand();
    expect(await send()).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/company/) });
  });

  it('has one campaign, and one number in it', async () => {
    scene.at.sayOfBrand({ identity: 'VERIFIED' });
    await lookAt(brand);
    const id = newId();
    const details = { ...medSpaCampaign, usecase: 'SOLE_PROPRIETOR' as const };
    await byHand((tx) => draftCampaign(tx, { ...asked(id), brandId: brand, details }));
    const add = (number: ReturnType<typeof phone>, campaignId = id) =>
      byHand((tx) => addNumberToCampaign(tx, { ...asked(campaignId), campaignId, number }));
    expect((await add(phone(scene.clinic.location.number))).kind).toBe('done');
    const second = phone('+14805559876');
    const insert = `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id) values ($1, $2, $3, 'profile')`;
    await scene.stage.rows(insert, second, scene.clinic.id, scene.clinic.location.id);
    // What is refused leaves the number where it is, also in a campaign that is over.
    const over = newId();
    await byHand((tx) => draftCampaign(tx, { ...asked(over), brandId: brand, details }));
    expect((await add(second, over)).kind).toBe('done');
    await scene.stage.rows(`update tendlc_campaigns set state = 'expired' where id = $1`, over);
    expect(await add(second)).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/one number/) });
    expect(await byHand((tx) => campaignNumbers(tx, { orgId: scene.clinic.id, campaignId: over }))).toHaveLength(1);

    const submit = (campaign: Id) => byHand((tx) => submitCampaign(tx, { ...asked(campaign), ...submitted }));
    expect((await submit(id)).kind).toBe('done');
    const another = newId();
    await byHand((tx) => draftCampaign(tx, { ...asked(another), brandId: brand, details }));
    expect(await submit(another)).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/one campaign/) });
  });
});

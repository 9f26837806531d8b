import { describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { AccountFailure, Declined, PermanentFailure, present, type Id } from '@frontdesk/kernel';
import { medSpaCampaign } from '@frontdesk/testkit';
import {
  addNumberToCampaign,
  explainCampaign,
  mendBrand,
  mendCampaign,
  removeNumberFromCampaign,
  submitBrand,
  submitCampaign,
} from '../src/index.ts';
import { campaignNumbers, hearOfRefusedNumber, statusOfClinic } from '../src/postgres/index.ts';
import { company, newId, phone, registryScene, submitted } from './registry-scene.ts';
import { writeText } from './written-rows.ts';

const scene = registryScene();
const { asked, byHand, handInBrand, lookAt, later, campaignNow, taskReasons } = scene;
let brand: Id;
const brandNow = (id = brand) => scene.brandNow(id);
const handInCampaign = () => scene.handInCampaign(brand);
async function liveCampaign(): Promise<Id> {
  const made = await scene.liveCampaign();
  brand = made.brand;
  return made.campaign;
}

describe('what costs a fee', () => {
  it('is submitted once, though the answer was lost and the list shows it only minutes later', async () => {
    scene.at.loseAnswers(true);
    scene.at.lag(true);
    brand = await handInBrand();
    await lookAt(brand);
    for (let n = 0; n < 3; n++) await later(brand, 2);
    expect((await brandNow()).externalId).toBeNull();
    scene.at.loseAnswers(false);
    scene.at.lag(false);
    scene.at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
    await later(brand, 1);
    expect(await brandNow()).toMatchObject({ externalId: `B-${brand}`, state: 'verified', askedAt: null });
    scene.at.loseAnswers(true);
    scene.at.lag(true);
    const campaign = await handInCampaign();
    await lookAt(campaign);
    await later(campaign, 5);
    scene.at.loseAnswers(false);
    scene.at.lag(false);
    await later(campaign, 10);
    expect((await campaignNow(campaign)).externalId).toBe(`C-${campaign}`);
    expect(scene.at.asked).toEqual(['submit brand', 'submit campaign']);
  });

  it('is submitted once by two instances that look at once', async () => {
    brand = await handInBrand();
    await Promise.all([lookAt(brand), lookAt(brand), lookAt(brand)]);
    expect(scene.at.asked).toEqual(['submit brand']);
  });

  it('is not given up for gone because the registry does not show it for a minute', async () => {
    const campaign = await liveCampaign();
    scene.at.hide(true);
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

describe('what the registry did not take', () => {
  it.each([
    ['too many requests', new Declined('too many requests')],
    ['no balance', new AccountFailure('no balance')],
  ])('is submitted at the next look (%s), and nothing is waited for', async (_, no) => {
    brand = await handInBrand();
    scene.at.decline(no);
    await lookAt(brand);
    expect(await brandNow()).toMatchObject({ state: 'submitted', askedAt: null });
    scene.at.decline(null);
    await later(brand, 1);
    expect(await brandNow()).toMatchObject({ externalId: `B-${brand}` });
    expect(scene.at.asked).toEqual(['submit brand']);
  });
});

describe('a change that nobody submitted', () => {
  it('is not handed in by a look, and can be submitted afterwards', async () => {
    const campaign = await liveCampaign();
    const messageFlow = `${medSpaCampaign.messageFlow} Or on paper at the front desk.`;
    await byHand((tx) => mendCampaign(tx, { ...asked(campaign), details: { ...medSpaCampaign, messageFlow } }));
    await byHand((tx) => mendBrand(tx, { ...asked(brand), details: { ...company, city: 'Mesa' } }));
    // As in rows that are older than this rule.
    await scene.stage.rows('update tendlc_campaigns set wanted_revision = null where id = $1', campaign);
    await later(campaign);
    await lookAt(brand);
    expect(scene.at.asked).toEqual(['submit brand', 'submit campaign']);
    for (const id of [brand, campaign]) {
      const submit = id === brand ? submitBrand : submitCampaign;
      expect((await byHand((tx) => submit(tx, { ...asked(id), ...submitted }))).kind).toBe('done');
      await lookAt(id);
    }
    expect(scene.at.asked.slice(2)).toEqual(['update brand', 'update campaign']);
  });
});

describe('a change that the registry refuses', () => {
  const no = new PermanentFailure('The message flow names no place.');
  const handIn = (id: Id) =>
    byHand((tx) => (id === brand ? submitBrand : submitCampaign)(tx, { ...asked(id), ...submitted }));

  async function withRefusedChange(): Promise<Id> {
    const campaign = await liveCampaign();
    const messageFlow = `${medSpaCampaign.messageFlow} Or somewhere.`;
    await byHand((tx) => mendCampaign(tx, { ...asked(campaign), details: { ...medSpaCampaign, messageFlow } }));
    await handIn(campaign);
    scene.at.decline(no);
    await lookAt(campaign);
    return campaign;
  }

  it('leaves live what is live, is told with its reason until it is handed in again, and is no more once it is taken', async () => {
    const campaign = await withRefusedChange();
    await later(campaign);
    const refused = await campaignNow(campaign);
    expect(refused).toMatchObject({ state: 'live', textsPerMinute: 75, reasons: [no.message], submittedRevision: 1 });
    expect(explainCampaign(refused)).toMatchObject({ words: expect.stringMatching(/has refused the change/) });
    expect(taskReasons()).toEqual([expect.stringMatching(/refused the change.*names no place.*submit it again/)]);
    // Nothing of it is handed in by itself, and the same may be handed in again.
    scene.at.decline(null);
    await later(campaign);
    expect(scene.at.asked).toEqual(['submit brand', 'submit campaign']);
    expect((await handIn(campaign)).kind).toBe('done');
    await lookAt(campaign);
    expect(await campaignNow(campaign)).toMatchObject({ state: 'live', reasons: [], submittedRevision: 2 });
    expect([explainCampaign(await campaignNow(campaign)).words, taskReasons()]).toEqual([
      'The carriers take its texts.',
      [],
    ]);
  });

  it('is not told with what closed the campaign meanwhile, once it is live again', async () => {
    const campaign = await withRefusedChange();
    scene.at.decline(null);
    scene.at.sayOfCampaign({ status: 'TCR_SUSPENDED', reasons: ['Too many complaints.'] });
    await later(campaign);
    // No number is in it whose texts could wait.
    expect(taskReasons()).toEqual([expect.not.stringMatching(/reminders/)]);
    scene.at.sayOfCampaign({ status: 'MNO_PROVISIONED', reasons: [] });
    await later(campaign);
    const again = await campaignNow(campaign);
    expect([again.state, again.reasons, explainCampaign(again).words, taskReasons()]).toEqual([
      'live',
      [],
      'The carriers take its texts.',
      [],
    ]);
    expect((await handIn(campaign)).kind).toBe('done');
  });

  it('may be handed in again of a brand, too', async () => {
    await liveCampaign();
    await byHand((tx) => mendBrand(tx, { ...asked(brand), details: { ...company, city: 'Mesa' } }));
    await handIn(brand);
    scene.at.decline(no);
    await lookAt(brand);
    await later(brand);
    expect(await brandNow()).toMatchObject({ state: 'verified', reasons: [no.message], submittedRevision: 1 });
    scene.at.decline(null);
    expect((await handIn(brand)).kind).toBe('done');
    await lookAt(brand);
    expect(await brandNow()).toMatchObject({ state: 'verified', reasons: [], submittedRevision: 2 });
  });
});

describe('a brand that fails after it was verified', () => {
  it('is told to staff with its reason, also when it is looked at again, and no more once it is right', async () => {
    scene.at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
    brand = await handInBrand();
    await lookAt(brand);
    scene.at.sayOfBrand({ status: 'failed', reasons: ['EIN mismatch'] });
    await later(brand);
    expect(taskReasons()).toEqual([expect.stringMatching(/turned.*away.*EIN mismatch/)]);
    scene.at.sayOfBrand({ reasons: [] });
    // A draft of what may mend it says nothing of the brand that the registry has.
    await byHand((tx) => mendBrand(tx, { ...asked(brand), details: { ...company, city: 'Mesa' } }));
    await later(brand);
    expect(await brandNow()).toMatchObject({ state: 'failed', reasons: ['EIN mismatch'], textsPerDay: null });
    scene.at.sayOfBrand({ status: 'ok' });
    await later(brand);
    expect([(await brandNow()).state, (await brandNow()).reasons, taskReasons()]).toEqual(['verified', [], []]);
    scene.at.sayOfBrand({ status: 'failed', reasons: ['EIN mismatch'] });
    await later(brand);
    expect(taskReasons()).toHaveLength(1);
  });
});

describe('a number of a campaign', () => {
  const own = () => phone(scene.clinic.location.number);
  const add = (campaignId: Id, number = own()) =>
    byHand((tx) => addNumberToCampaign(tx, { ...asked(campaignId), campaignId, number }));
  const statusNow = async () =>
    (await byHand((tx) => statusOfClinic(tx, { orgId: scene.clinic.id, now: scene.stage.clock() }))).numbers;
  const closed = async () => {
    const sql = 'select campaign_closed from phone_numbers where e164 = $1';
    return (await scene.stage.rows<{ campaign_closed: boolean }>(sql, own()))[0]?.campaign_closed;
  };
  const linkNow = async () =>
    present((await byHand((tx) => campaignNumbers(tx, { orgId: scene.clinic.id })))[0], 'the link');

  it('stays in it while it is suspended, and is in it when it resumes', async () => {
    const campaign = await liveCampaign();
    await add(campaign);
    const { id } = await linkNow();
    await lookAt(id);
    scene.at.sayOfCampaign({ status: 'TCR_SUSPENDED' });
    await later(campaign);
    expect(taskReasons()).toEqual([expect.stringMatching(/suspended.*support of Telnyx.*reminders.* wait/)]);
    const words = expect.stringMatching(/suspended.*reminders.* wait/);
    expect(await statusNow()).toMatchObject([{ mayText: 'refused', words, next: expect.stringMatching(/support/) }]);
    scene.at.sayOfCampaign({ status: 'MNO_REJECTED' });
    await later(campaign);
    expect(taskReasons()).toEqual([expect.stringMatching(/turned.*away.*reminders.* wait/)]);
    scene.at.loseNumber();
    await later(id);
    expect((await linkNow()).state).toBe('added');
    scene.at.sayOfCampaign({ status: 'MNO_PROVISIONED' });
    await later(campaign);
    await later(id);
    expect([(await linkNow()).state, taskReasons()]).toEqual(['added', []]);
    expect(await statusNow()).toMatchObject([{ mayText: 'yes' }]);
    expect(scene.at.asked.filter((what) => what === 'assign number')).toHaveLength(2);
  });

  it('has its campaign looked at when carriers refuse a text of it, in case its event was lost', async () => {
    const campaign = await liveCampaign();
    await add(campaign);
    await lookAt((await linkNow()).id);
    const { stage, clinic } = scene;
    const messageId = await writeText(stage, clinic, own());
    await inTenants(stage.server.owner, [clinic.id], (client) =>
      client.query(
        `insert into send_attempts (org_id, id, message_id, number, provider, started_at, outcome, error_code, from_number)
         values ($1, $2, $3, 1, 'telnyx', now(), 'accepted', '40010', $4)`,
        [clinic.id, newId(), messageId, own()],
      ),
    );
    const hear = () =>
      stage.inTenant(clinic.id, (tx) => hearOfRefusedNumber(tx, { orgId: clinic.id, messageId, now: stage.clock() }));
    scene.at.sayOfCampaign({ status: 'TCR_SUSPENDED' });
    expect(await hear()).toEqual({ number: own(), campaign });
    await lookAt(campaign);
    expect(await closed()).toBe(false); // it was looked at a moment ago
    stage.pass({ hours: 2 });
    await hear();
    await lookAt(campaign);
    expect(await closed()).toBe(true);
  });

  it('goes from a campaign that is over to a new one, and its texts wait until that is live', async () => {
    const campaign = await liveCampaign();
    await add(campaign);
    await lookAt((await linkNow()).id);
    scene.at.sayOfCampaign({ status: 'TCR_EXPIRED' });
    await later(campaign);
    const next = expect.stringMatching(/Make a new campaign.*add the numbers to it/);
    expect(await statusNow()).toMatchObject([{ words: expect.stringMatching(/reminders.* wait/), next }]);
    scene.at.forgetCampaign();
    scene.at.sayOfCampaign({ status: 'TCR_PENDING' });
    const another = await handInCampaign();
    await lookAt(another);
    expect(await add(another)).toMatchObject({ kind: 'done', link: { campaignId: another, state: 'pending' } });
    const { id } = await linkNow();
    await lookAt(id);
    expect(await closed()).toBe(true);
    scene.at.sayOfCampaign({ status: 'MNO_PROVISIONED' });
    await later(another);
    await later(id);
    expect([await closed(), (await linkNow()).state]).toEqual([false, 'added']);
    expect(await statusNow()).toMatchObject([{ mayText: 'yes' }]);
  });

  it('waits for no campaign any more when it is taken out of the new one before that was live', async () => {
    const campaign = await liveCampaign();
    await add(campaign);
    await lookAt((await linkNow()).id);
    scene.at.sayOfCampaign({ status: 'TCR_EXPIRED' });
    await later(campaign);
    scene.at.forgetCampaign();
    scene.at.sayOfCampaign({ status: 'TCR_PENDING' });
    const another = await handInCampaign();
    await lookAt(another);
    await add(another);
    const { id } = await linkNow();
    const wish = { ...asked(another), campaignId: another, number: own() };
    expect((await byHand((tx) => removeNumberFromCampaign(tx, wish))).kind).toBe('done');
    expect(await closed()).toBe(true);
    await lookAt(id);
    expect(await closed()).toBe(false);
  });

  it('that was bought while the only campaign was suspended joins it once it is live again', async () => {
    const campaignId = await liveCampaign();
    scene.at.sayOfCampaign({ status: 'TCR_SUSPENDED' });
    await later(campaignId);
    await scene.stage.rows(`update phone_numbers set origin = 'bought' where e164 = $1`, own());
    scene.at.sayOfCampaign({ status: 'MNO_PROVISIONED' });
    await later(campaignId);
    expect(await linkNow()).toMatchObject({ campaignId, wanted: 'in' });
  });

  it.each([
    ['bought', 'joins the only campaign when that is live', 1],
    ['entered', 'joins none by itself', 0],
  ])('that was %s %s', async (origin, _does, links) => {
    await scene.stage.rows('update phone_numbers set origin = $1 where e164 = $2', origin, own());
    const campaignId = await liveCampaign();
    const joined = await byHand((tx) => campaignNumbers(tx, { orgId: scene.clinic.id }));
    const link = { campaignId, number: own(), wanted: 'in', state: 'pending' };
    expect(joined).toMatchObject(Array.from({ length: links }, () => link));
    expect(joined).toHaveLength(links);
  });

  it('waits while a carrier cannot set the campaign up, of which staff are told', async () => {
    const campaign = await liveCampaign();
    scene.at.sayOfCampaign({ status: 'MNO_PROVISIONING_FAILED' });
    await later(campaign);
    await later(campaign);
    expect(taskReasons()).toEqual([expect.stringMatching(/could not set it up.*support of Telnyx/)]);
  });

  it('may be of another country, which needs no campaign', async () => {
    const campaign = await liveCampaign();
    const abroad = phone('+525512345678');
    await scene.stage.rows(`update phone_numbers set e164 = $2 where e164 = $1`, scene.clinic.location.number, abroad);
    expect(await add(campaign, abroad)).toMatchObject({ kind: 'wrong-kind' });
    expect(await statusNow()).toMatchObject([{ number: abroad, mayText: 'yes', errorCode: null, next: null }]);
  });
});

describe('T-Mobile’s day', () => {
  it('counts the parts that Telnyx may have taken since midnight in California, and ends there', async () => {
    const campaign = await liveCampaign();
    const number = phone(scene.clinic.location.number);
    await byHand((tx) => addNumberToCampaign(tx, { ...asked(campaign), campaignId: campaign, number }));
    const [link] = await byHand((tx) => campaignNumbers(tx, { orgId: scene.clinic.id }));
    await lookAt(present(link, 'the link').id);
    // Midnight in California in winter is eight in the morning in UTC.
    const midnight = Temporal.Instant.from('2026-12-01T08:00:00Z');
    const attempt = async (seconds: number, provider: string, outcome: string | null, segments: number | null) => {
      const moment = midnight.add({ seconds });
      const id = await writeText(scene.stage, scene.clinic, number);
      const hex = moment.epochMilliseconds.toString(16).padStart(12, '0');
      const attemptId = `${hex.slice(0, 8)}-${hex.slice(8)}-7000-8000-${newId().slice(-12)}`;
      await inTenants(scene.stage.server.owner, [scene.clinic.id], async (client) => {
        await client.query('update outbound_messages set segments = $2 where id = $1', [id, segments]);
        await client.query(
          `insert into send_attempts (org_id, id, message_id, number, provider, started_at, outcome, from_number)
           values ($1, $2, $3, 1, $4, $5, $6, $7)`,
          [scene.clinic.id, attemptId, id, provider, moment.toString(), outcome, number],
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
      return (await byHand((tx) => statusOfClinic(tx, { orgId: scene.clinic.id, now }))).day?.taken;
    };
    expect([await taken(-1), await taken(6), await taken(24 * 3_600)]).toEqual([10, 5, 0]);
  });
});

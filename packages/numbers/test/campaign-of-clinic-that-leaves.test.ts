import { describe, expect, it } from '@jest/globals';
import { inTenants, transactionOn } from '@frontdesk/db';
import { PermanentFailure, present, TransientFailure, type Id } from '@frontdesk/kernel';
import { makeEndTwilioCampaigns, submitBrand, submitCampaign } from '../src/index.ts';
import { leaveDesk, returnToDesk, whatIsLeft } from '../src/postgres/index.ts';
import { registryScene, submitted } from './registry-scene.ts';

const scene = registryScene();
const { asked, byHand, handInBrand, lookAt, later, campaignNow, taskReasons } = scene;
let brand: Id;
const handInCampaign = () => scene.handInCampaign(brand);
async function liveCampaign(): Promise<Id> {
  const made = await scene.liveCampaign();
  brand = made.brand;
  return made.campaign;
}

describe('a clinic that leaves', () => {
  const leave = () => scene.stage.rows('update organizations set left_at = now() where id = $1', scene.clinic.id);
  const letGo = () =>
    inTenants(scene.stage.server.owner, [scene.clinic.id], (client) =>
      leaveDesk(transactionOn(client), { orgId: scene.clinic.id, keep: [], actor: 'ops', now: scene.stage.clock() }),
    );
  const stillThere = () =>
    inTenants(scene.stage.server.owner, [scene.clinic.id], (client) =>
      whatIsLeft(transactionOn(client), scene.clinic.id),
    );
  const campaignThere = async () => (await stillThere()).filter(({ what }) => what === 'campaign');
  const ends = () => scene.at.asked.filter((what) => what === 'end campaign');

  it('has its campaign ended, once, though the answer was lost, and its tasks closed', async () => {
    const campaign = await liveCampaign();
    scene.at.sayOfCampaign({ status: 'TCR_SUSPENDED' });
    await later(campaign);
    expect(taskReasons()).toHaveLength(1);
    await leave();
    await letGo();
    expect(await campaignThere()).toMatchObject([{ isOnItsWay: true }]);
    scene.at.loseAnswers(true);
    await lookAt(campaign);
    expect(await campaignThere()).toMatchObject([{ words: expect.stringMatching(/could not: the answer was lost/) }]);
    scene.at.loseAnswers(false);
    await later(campaign, 1);
    expect(await campaignNow(campaign)).toMatchObject({ state: 'expired', reasons: [] });
    expect([await campaignThere(), taskReasons(), ends()]).toEqual([[], [], ['end campaign', 'end campaign']]);
    await later(campaign);
    expect(ends()).toHaveLength(2);
    // Back at the desk it makes a new one.
    await scene.stage.rows('update organizations set left_at = null where id = $1', scene.clinic.id);
    const again = await byHand((tx) => submitCampaign(tx, { ...asked(campaign), ...submitted }));
    expect(again).toMatchObject({ kind: 'not-now', words: expect.stringMatching(/make a new one/) });
  });

  it('leaves to operators what the registry does not end, until they have ended it', async () => {
    const campaign = await liveCampaign();
    await leave();
    await letGo();
    scene.at.decline(new PermanentFailure('Numbers are in it.'));
    await lookAt(campaign);
    const words = expect.stringMatching(/does not end it: Numbers are in it. End it in Telnyx/);
    expect(await campaignThere()).toMatchObject([{ isOnItsWay: false, words }]);
    // Somebody ended it in the portal, where it is shown as over and cannot be ended again.
    scene.at.sayOfCampaign({ status: 'TCR_EXPIRED' });
    await later(campaign);
    expect(await campaignThere()).toEqual([]);
    expect((await campaignNow(campaign)).state).toBe('expired');
  });

  it('has a campaign ended that was submitted though nobody heard of it', async () => {
    scene.at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
    brand = await handInBrand();
    await lookAt(brand);
    const campaign = await handInCampaign();
    scene.at.loseAnswers(true);
    scene.at.lag(true);
    await lookAt(campaign);
    await leave();
    await letGo();
    scene.at.loseAnswers(false);
    await later(campaign, 1);
    expect(await campaignThere()).toMatchObject([{ state: 'draft', isOnItsWay: true }]);
    scene.at.lag(false);
    await later(campaign, 1);
    expect([(await campaignNow(campaign)).state, ends()]).toEqual(['expired', ['end campaign']]);
  });

  it('has the campaigns of its Messaging Service at Twilio ended, though answers are lost and Twilio says no, and none once it is back', async () => {
    const { stage, clinic } = scene;
    const asOwner = (sql: string) =>
      inTenants(stage.server.owner, [clinic.id], (client) => client.query(sql, [clinic.id]));
    await asOwner(
      `insert into carrier_profiles (org_id, carrier, profile_id, created_at) values ($1, 'twilio', 'MG1', now())`,
    );
    const asked: string[] = [];
    const answers: unknown[] = [new TransientFailure('it gave no answer'), new PermanentFailure('It is in review.')];
    const campaigns = {
      async endAll(service: string) {
        asked.push(service);
        const no = answers.shift();
        if (no !== undefined) throw no;
      },
    };
    const { inTenant, clock } = stage;
    const look = async () => {
      const sql = `select id from registrations where org_id = $1 and subject = 'twilio-campaign'`;
      const { id } = present((await stage.rows<{ id: Id }>(sql, clinic.id))[0], 'its registration');
      const advance = makeEndTwilioCampaigns({ inTenant, campaigns, clock });
      await stage.engine({ 'twilio-campaign': advance }).lookAfter({ orgId: clinic.id, id });
    };
    const says = (isOnItsWay: boolean, words: RegExp) => [
      { name: 'MG1', isOnItsWay, words: expect.stringMatching(words) },
    ];
    await leave();
    await letGo();
    expect(await campaignThere()).toMatchObject(says(true, /is ending it/));
    await look();
    expect(await campaignThere()).toMatchObject(says(true, /could not: it gave no answer/));
    stage.pass({ minutes: 10 });
    await look();
    expect(await campaignThere()).toMatchObject(
      says(false, /does not end it: It is in review. End it in Twilio’s console/),
    );
    const back = () => asOwner('update organizations set left_at = null where id = $1');
    const backAndGone = async () => {
      await back();
      await inTenants(stage.server.owner, [clinic.id], (client) =>
        returnToDesk(transactionOn(client), { orgId: clinic.id, now: clock() }),
      );
      await leave();
      await letGo();
      expect(await campaignThere()).toMatchObject(says(true, /is ending it/));
    };
    await backAndGone();
    for (let n = 0; n < 2; n++) await letGo();
    await look();
    await letGo();
    expect([await campaignThere(), asked]).toEqual([[], ['MG1', 'MG1', 'MG1']]);
    const audited = `select details from audit_log where org_id = $1 and action = 'twilio_campaigns moved'`;
    expect(await stage.rows(audited, clinic.id)).toEqual([{ details: { state: 'expired' } }]);

    // It leaves once more, and is back before anybody has looked.
    await backAndGone();
    await back();
    await look();
    expect(asked).toHaveLength(3);
  });

  it('has nothing handed in that was submitted at the very moment, unless it comes back', async () => {
    scene.at.sayOfBrand({ status: 'ok', identity: 'VERIFIED' });
    brand = await handInBrand();
    await lookAt(brand);
    const [late, campaign] = [await handInBrand(), await handInCampaign()];
    await leave();
    for (const id of [late, campaign]) await lookAt(id);
    expect(scene.at.asked).toEqual(['submit brand']);
    await scene.stage.rows('update organizations set left_at = null where id = $1', scene.clinic.id);
    await later(campaign);
    expect(scene.at.asked).toEqual(['submit brand', 'submit campaign']);
    await leave();
    await expect(byHand((tx) => submitBrand(tx, { ...asked(late), ...submitted }))).resolves.toMatchObject({
      kind: 'not-now',
    });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inTenants, transactionOn, type TenantTransaction } from '@frontdesk/db';
import { newId, parsePhoneNumber, present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { requestHostedOrder } from '../src/index.ts';
import { leaveDesk, readHostedOrder, whatIsLeft } from '../src/postgres/index.ts';
import { orderActs, type Scene } from './order-acts.ts';
import { scriptedCarrier, scriptedHost, type Plan } from './scripted-carrier.ts';
import { openStage, type Stage } from './stage.ts';
import { enterByHand, writeCampaigns } from './written-rows.ts';

let stage: Stage;
let clinic: Awaited<ReturnType<Stage['clinic']>>;
let scene: Scene & { host: ReturnType<typeof scriptedHost> };
const { engine, order, ordered, settle, holder, told } = orderActs(() => scene);

beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  clinic = await stage.clinic();
  scene = { stage, shop: scriptedCarrier(), host: scriptedHost(), left: [] };
});
afterAll(() => stage.close());

let numbers = 0;
const newNumber = (): PhoneNumber => present(parsePhoneNumber(`+1928555${String(1_000 + ++numbers)}`), 'a number');

const asOwner = <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) =>
  inTenants(stage.server.owner, [orgId], (client) => work(transactionOn(client)));
const leave = ({ keep = [] as PhoneNumber[], of = clinic } = {}) =>
  asOwner(of.id, async (tx) => {
    await tx.$executeRaw`update organizations set left_at = now() where id = ${of.id}::uuid`;
    return leaveDesk(tx, { orgId: of.id, keep, actor: 'ops', now: stage.clock() });
  });
const left = () => asOwner(clinic.id, (tx) => whatIsLeft(tx, clinic.id));
/** Everything of the clinic that is due, until nothing is. */
async function settleAll(between: Temporal.DurationLike = { minutes: 5 }) {
  for (let n = 0; n < 40; n++) {
    const due = await stage.rows<{ id: string }>(
      'select id from registrations where org_id = $1 and due_at is not null',
      clinic.id,
    );
    if (due.length === 0) return;
    const { lookAfter } = engine();
    for (const { id } of due) await lookAfter({ orgId: clinic.id, id });
    stage.pass(between);
  }
  throw new Error('it does not settle');
}

describe('a clinic that leaves', () => {
  it('gives back what it bought, in or out of a campaign, and whoever buys it then inherits nothing', async () => {
    const number = newNumber();
    const bought = await ordered(number, clinic);
    await settle(bought);
    await writeCampaigns(stage, clinic, ['live']);
    expect(await leave()).toEqual({ given: [number], kept: [clinic.location.number] });
    expect(await holder(number)).toBeUndefined();
    expect((await left()).map(({ what, isOnItsWay }) => [what, isOnItsWay])).toEqual([
      ['campaign', false],
      ['number', true],
      ['number', true],
    ]);
    await settleAll();
    expect(scene.shop.owned.has(number)).toBe(false);
    expect(scene.left).toEqual(expect.arrayContaining([number, clinic.location.number]));
    expect(await told(bought)).toMatchObject({ state: 'released', reason: 'The clinic left the desk.' });

    const other = await stage.clinic();
    await settle(await ordered(number, other));
    expect(await holder(number)).toMatchObject({
      org_id: other.id,
      messaging_profile_id: `profile-${other.id}`,
      campaign: null,
      texts_per_second: null,
      transfer_to: null,
    });
    expect(await stage.rows('select from conversations where org_id = $1', other.id)).toEqual([]);
  });

  it('keeps its own number in our account, and one that it takes along, and operators and staff see that', async () => {
    const taken = newNumber();
    await settle(await ordered(taken, clinic));
    await leave({ keep: [taken] });
    await settleAll();
    expect(scene.shop.asked).not.toContain('release');
    expect(scene.shop.owned.has(taken)).toBe(true);
    expect(await left()).toMatchObject(
      [clinic.location.number, taken]
        .toSorted()
        .map((name) => ({ what: 'number', name, state: 'kept', words: expect.stringMatching(/port it out/) })),
    );
    const tasks = stage.tasks.filter(({ orgId }) => orgId === clinic.id).map(({ reason }) => reason);
    expect(tasks).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/has left.*port it out/)));
    await leave();
    expect(await holder(taken)).toBeUndefined();
    expect(scene.shop.owned.has(taken)).toBe(true);
  });

  it.each<[string, Plan, boolean]>([
    ['nobody looked at', [['ensureProfile', 'not-done']], false],
    ['whose answer was lost', [['order', 'answer-lost']], false],
    [
      'whose answer was lost, and which the carrier does not list yet',
      [
        ['order', 'answer-lost'],
        ['findOrder', 'none'],
        ['findOrder', 'blind'],
        ['findOrder', 'blind'],
      ],
      false,
    ],
    ['which the carrier works on', [], true],
    ['which is being set up', [['configure', 'not-done']], false],
    [
      'which the carrier does not take back at once',
      [
        ['configure', 'not-done'],
        ['release', 'answer-lost'],
        ['release', 'refused'],
      ],
      false,
    ],
  ])('pays for no order %s', async (_what, plan, isHeld) => {
    const number = newNumber();
    const row = await ordered(number, clinic);
    scene.shop.trouble(...plan);
    scene.shop.hold(isHeld);
    await engine().lookAfter(row);
    await leave();
    stage.pass({ minutes: 1 });
    await engine().lookAfter(row);
    scene.shop.hold(false);
    await settleAll(plan.some(([, trouble]) => trouble === 'blind') ? { minutes: 1 } : { hours: 25 });
    expect(await told(row)).toMatchObject({ state: expect.stringMatching(/^(failed|released)$/) });
    expect(scene.shop.owned.has(number)).toBe(false);
    expect(await holder(number)).toBeUndefined();
    expect(await left()).toMatchObject([{ state: 'kept' }]);
  });

  it('gets no number that was being set up at that very moment', async () => {
    const number = newNumber();
    const row = await ordered(number, clinic);
    const setUp = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const { carrier } = scene.shop;
    const configure = carrier.configure.bind(carrier);
    carrier.configure = async (of) => {
      await configure(of);
      setUp.resolve();
      await goOn.promise;
    };
    const look = engine().lookAfter(row);
    await setUp.promise;
    await leave();
    goOn.resolve();
    await look;
    await settleAll();
    expect(await told(row)).toMatchObject({ state: 'released', reason: 'The clinic has left the desk.' });
    expect(scene.shop.owned.has(number)).toBe(false);
  });

  it.each(['pending', 'successful'])('has no line hosted whose order is %s by then', async (status) => {
    const number = newNumber();
    const asked = { orgId: clinic.id, number, locationId: null, actor: 'api:olga', requestId: 'request-1' };
    const answer = await stage.administration.inTenant(clinic.id, (tx) =>
      requestHostedOrder(tx, { ...asked, now: stage.clock() }),
    );
    if (answer.kind !== 'requested') throw new Error(answer.kind);
    const row = { orgId: clinic.id, id: answer.id };
    await engine().lookAfter(row);
    await leave();
    scene.host.say(status, status);
    await settleAll();
    expect(scene.host.asked).toEqual(['order', 'cancel']);
    expect(await stage.inTenant(clinic.id, (tx) => readHostedOrder(tx, row))).toMatchObject({ state: 'cancelled' });
    expect(await holder(number)).toBeUndefined();
  });

  it('has its senders disconnected, and hands in nothing that the registry does not have', async () => {
    const [sender, brand, campaign] = [newId(), newId(), newId()];
    await inTenants(stage.server.owner, [clinic.id], async (client) => {
      const at = [clinic.id, sender, clinic.location.id, clinic.location.number];
      await client.query(
        `insert into whatsapp_senders (org_id, id, location_id, provider, e164, state, step, created_at, state_at)
         values ($1, $2, $3, 'twilio', $4, 'online', 'created', now(), now())`,
        at,
      );
      await client.query(
        `insert into registrations (org_id, id, subject, provider, created_at) values ($1, $2, 'whatsapp-sender', 'twilio', now())`,
        [clinic.id, sender],
      );
      await client.query(
        `insert into tendlc_brands (org_id, id, state, details, created_at, state_at) values ($1, $2, 'submitted', '{}', now(), now())`,
        [clinic.id, brand],
      );
      await client.query(
        `insert into tendlc_campaigns (org_id, id, brand_id, state, details, created_at, state_at)
         values ($1, $2, $3, 'submitted', '{}', now(), now())`,
        [clinic.id, campaign, brand],
      );
    });
    await leave();
    const states = await stage.rows(
      `select state from whatsapp_senders where id = $1 union all select state from tendlc_brands where id = $2
       union all select state from tendlc_campaigns where id = $3`,
      sender,
      brand,
      campaign,
    );
    expect(states).toEqual([{ state: 'disconnected' }, { state: 'draft' }, { state: 'draft' }]);
    expect((await stage.registration(sender))?.due_at).not.toBeNull();
    expect((await left()).map(({ what }) => what)).toEqual(['number', 'whatsapp-sender']);
  });

  it('orders nothing afterwards', async () => {
    await leave();
    await expect(order(newNumber(), clinic)).rejects.toThrow('The clinic has left the desk');
  });

  it('that entered a number anew while it went back gives it up all the same', async () => {
    const number = newNumber();
    await settle(await ordered(number, clinic));
    await stage.rows(`update phone_numbers set transfer_to = null where e164 = $1`, number);
    await leave({ of: clinic });
    await enterByHand(stage, clinic, number);
    await leave();
    await settleAll();
    expect(await holder(number)).toBeUndefined();
    expect(scene.shop.owned.has(number)).toBe(false);
  });
});

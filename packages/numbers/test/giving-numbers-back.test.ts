import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inTenants, transactionOn, type TenantTransaction } from '@frontdesk/db';
import { newId, parsePhoneNumber, present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import { requestHostedOrder } from '../src/index.ts';
import { askWorker } from '../src/tendlc/hand-in.ts';
import { hearOfRegistration, leaveDesk, readHostedOrder, returnToDesk, whatIsLeft } from '../src/postgres/index.ts';
import { orderActs } from './order-acts.ts';
import { scriptedCarrier, scriptedHost, type Plan } from './scripted-carrier.ts';
import { openStage, type Stage } from './stage.ts';
import { enterByHand, writeCampaigns, writeText } from './written-rows.ts';

let stage: Stage;
let clinic: Awaited<ReturnType<Stage['clinic']>>;
let shop: ReturnType<typeof scriptedCarrier>;
let host: ReturnType<typeof scriptedHost>;
/** Numbers that were taken out of their campaigns. */
let left: string[];
const acts = orderActs(() => ({ stage, shop, host, left }));
const { engine, order, settle, holder, told } = acts;
const ordered = (number: PhoneNumber, of = clinic) => acts.ordered(number, of);
const release = (number: PhoneNumber, insist = false) => acts.release(number, clinic, insist);

beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  clinic = await stage.clinic();
  shop = scriptedCarrier();
  host = scriptedHost();
  left = [];
});
afterAll(() => stage.close());

let numbers = 0;
const newNumber = (): PhoneNumber => present(parsePhoneNumber(`+1928555${String(1_000 + ++numbers)}`), 'a number');

const asOwner = <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) =>
  inTenants(stage.server.owner, [orgId], (client) => work(transactionOn(client)));
const leave = ({ keep = [] as PhoneNumber[] } = {}) =>
  asOwner(clinic.id, async (tx) => {
    await tx.$executeRaw`update organizations set left_at = now() where id = ${clinic.id}::uuid`;
    return leaveDesk(tx, { orgId: clinic.id, keep, actor: 'ops', now: stage.clock() });
  });
const whatIsStillThere = () => asOwner(clinic.id, (tx) => whatIsLeft(tx, clinic.id));
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

/** Whoever buys the number next. */
async function inheritsNothing(number: PhoneNumber) {
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
  return other;
}

describe('a number that is given up', () => {
  it('goes back to the carrier, and another clinic that gets it inherits nothing', async () => {
    const number = newNumber();
    const bought = await ordered(number);
    await settle(bought);
    expect(await told(bought)).toMatchObject({ state: 'assigned', reason: null });
    await stage.rows(
      `update phone_numbers set campaign = 'C1', texts_per_second = 9, transfer_to = '+16025550190' where e164 = $1`,
      number,
    );
    const text = await writeText(stage, clinic, number);
    const answer = await release(number);
    if (answer.kind !== 'releasing') throw new Error(answer.kind);
    expect(answer.lost).toEqual({ texts: 1, reminders: 0 });
    expect(stage.tasks.at(-1)?.causeKey).toBe(`number-given-up:${answer.id}`);
    expect(await holder(number)).toBeUndefined();
    expect(await told(bought)).toMatchObject({ state: 'releasing', stateAt: stage.clock() });
    stage.pass({ minutes: 1 });
    await settle({ orgId: clinic.id, id: answer.id });
    expect(await told(bought)).toMatchObject({
      state: 'released',
      reason: 'The clinic gave the number up.',
      stateAt: stage.clock(),
    });
    expect(shop.owned.has(number)).toBe(false);
    expect(left).toContain(number);

    // The carrier's news of the purchase comes days late, and twice.
    const asked = [...shop.asked];
    const news = { status: 'success', reasons: [] };
    for (let n = 0; n < 2; n++) {
      stage.pass({ hours: 60 });
      await stage.inTenant(clinic.id, (tx) => hearOfRegistration(tx, { ...bought, news, now: stage.clock() }));
      await settle(bought);
    }
    expect([await holder(number), shop.asked]).toEqual([undefined, asked]);
    expect(await told(bought)).toMatchObject({ state: 'released' });

    const other = await inheritsNothing(number);
    const [state] = await stage.rows<{ state: string }>('select state from outbound_messages where id = $1', text);
    expect(state).toEqual({ state: 'suppressed' });
    const history = await stage.rows<{ org_id: Id; ended: boolean }>(
      'select org_id, ended_at is not null as ended from number_assignments where e164 = $1 order by assigned_at, ended desc',
      number,
    );
    expect(history).toEqual([
      { org_id: clinic.id, ended: true },
      { org_id: other.id, ended: false },
    ]);
  });

  it('is not the last one, unless the clinic insists', async () => {
    const last = present(parsePhoneNumber(clinic.location.number), 'its number');
    expect(await release(last)).toEqual({ kind: 'last-number' });
    expect((await release(last, true)).kind).toBe('releasing');
    expect(await release(last, true)).toEqual({ kind: 'not-the-clinics' });
  });

  it('has no WhatsApp on it', async () => {
    const number = newNumber();
    await settle(await ordered(number));
    await inTenants(stage.server.owner, [clinic.id], (client) =>
      client.query(
        `insert into whatsapp_senders (org_id, id, location_id, provider, e164, state, created_at, state_at)
         values ($1, $2, $3, 'twilio', $4, 'online', now(), now())`,
        [clinic.id, newId(), clinic.location.id, number],
      ),
    );
    expect(await release(number)).toEqual({ kind: 'on-whatsapp' });
  });

  it('stays where it is when somebody enters it anew before the carrier was told', async () => {
    const number = newNumber();
    await settle(await ordered(number));
    const answer = await release(number);
    if (answer.kind !== 'releasing') throw new Error(answer.kind);
    await enterByHand(stage, clinic, number);
    await settle({ orgId: clinic.id, id: answer.id });
    expect(shop.owned.has(number)).toBe(true);
  });

  it('entered by hand stays at the carrier while another clinic is getting one with the same digits', async () => {
    const number = newNumber();
    await enterByHand(stage, clinic, number);
    const answer = await release(number);
    if (answer.kind !== 'releasing') throw new Error(answer.kind);
    const other = await stage.clinic();
    const theirs = await ordered(number, other);
    shop.hold(true);
    await engine().lookAfter(theirs);
    await settle({ orgId: clinic.id, id: answer.id });
    expect(shop.asked).not.toContain('release');
    expect(left).not.toContain(number);
    expect(stage.tasks.at(-1)).toMatchObject({
      orgId: clinic.id,
      causeKey: `number-stays:${answer.id}`,
      reason: expect.stringMatching(/was not given back to Telnyx: Somebody else is getting it/),
    });
    shop.hold(false);
    await settle(theirs);
    expect(await holder(number)).toMatchObject({ org_id: other.id });
  });

  it('that the carrier keeps is left to staff, until it is gone there', async () => {
    const number = newNumber();
    const bought = await ordered(number);
    await settle(bought);
    shop.trouble(['release', 'refused']);
    const answer = await release(number);
    if (answer.kind !== 'releasing') throw new Error(answer.kind);
    const row = { orgId: clinic.id, id: answer.id };
    const { lookAfter } = engine();
    await lookAfter(row);
    const open = () => stage.tasks.filter(({ causeKey }) => causeKey === `number-stays:${answer.id}`);
    expect(open()).toMatchObject([{ reason: expect.stringMatching(/goes on billing/) }]);
    expect(await told(bought)).toMatchObject({
      state: 'released',
      reason: expect.stringMatching(/Telnyx still has it/),
    });
    stage.pass({ hours: 24 });
    await lookAfter(row);
    expect(open()).toEqual([]);
    expect(await told(bought)).toMatchObject({ state: 'released', reason: 'The clinic gave the number up.' });
  });

  it('and is entered anew is given up again without a fault', async () => {
    const number = newNumber();
    await settle(await ordered(number));
    await release(number);
    await enterByHand(stage, clinic, number);
    expect((await release(number)).kind).toBe('on-its-way');
  });
});

describe('a clinic that leaves', () => {
  it('gives back what it bought, in or out of a campaign, and whoever buys it then inherits nothing', async () => {
    const number = newNumber();
    const bought = await ordered(number);
    await settle(bought);
    await writeCampaigns(stage, clinic, ['live']);
    expect(await leave()).toEqual({ given: [number], kept: [clinic.location.number] });
    expect(await holder(number)).toBeUndefined();
    expect((await whatIsStillThere()).map(({ what, isOnItsWay }) => [what, isOnItsWay])).toEqual([
      ['campaign', true],
      ['number', true],
      ['number', true],
    ]);
    await settleAll();
    expect(shop.owned.has(number)).toBe(false);
    expect(left).toEqual(expect.arrayContaining([number, clinic.location.number]));
    expect(await told(bought)).toMatchObject({ state: 'released', reason: 'The clinic left the desk.' });

    await inheritsNothing(number);
  });

  it('keeps its own number in our account, and one that it takes along, and operators and staff see that', async () => {
    const taken = newNumber();
    await settle(await ordered(taken, clinic));
    await leave({ keep: [taken] });
    await settleAll();
    expect(shop.asked).not.toContain('release');
    expect(shop.owned.has(taken)).toBe(true);
    expect(await whatIsStillThere()).toMatchObject(
      [clinic.location.number, taken]
        .toSorted()
        .map((name) => ({ what: 'number', name, state: 'kept', words: expect.stringMatching(/port it out/) })),
    );
    const tasks = () => stage.tasks.filter(({ orgId }) => orgId === clinic.id).map(({ reason }) => reason);
    expect(tasks()).toEqual(Array.from({ length: 2 }, () => expect.stringMatching(/has left.*port it out/)));
    await leave();
    expect(await holder(taken)).toBeUndefined();
    expect(shop.owned.has(taken)).toBe(true);

    // It came back with its number, and leaves again.
    await settleAll();
    expect(tasks()).toHaveLength(2);
    await stage.rows('update organizations set left_at = null where id = $1', clinic.id);
    await enterByHand(stage, clinic, taken);
    await asOwner(clinic.id, (tx) => returnToDesk(tx, { orgId: clinic.id, now: stage.clock() }));
    await settleAll();
    expect(tasks()).toEqual([]);
    stage.pass({ minutes: 1 });
    await leave();
    expect(Object.fromEntries((await whatIsStillThere()).map(({ name, state }) => [name, state]))).toEqual({
      [clinic.location.number]: 'kept',
      [taken]: 'leaving',
    });
    expect(await whatIsStillThere()).toHaveLength(2);
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
    shop.trouble(...plan);
    shop.hold(isHeld);
    await engine().lookAfter(row);
    await leave();
    stage.pass({ minutes: 1 });
    await engine().lookAfter(row);
    shop.hold(false);
    await settleAll(plan.some(([, trouble]) => trouble === 'blind') ? { minutes: 1 } : { hours: 25 });
    expect(await told(row)).toMatchObject({ state: expect.stringMatching(/^(failed|released)$/) });
    expect(shop.owned.has(number)).toBe(false);
    expect(await holder(number)).toBeUndefined();
    expect(await whatIsStillThere()).toMatchObject([{ state: 'kept' }]);
  });

  it('gets no number that was being set up at that very moment', async () => {
    const number = newNumber();
    const row = await ordered(number, clinic);
    const setUp = Promise.withResolvers<void>();
    const goOn = Promise.withResolvers<void>();
    const { carrier } = shop;
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
    const words = expect.stringMatching(/goes on. The last time it could not: the clinic has just left/);
    expect(await whatIsStillThere()).toContainEqual(expect.objectContaining({ what: 'number-order', words }));
    await settleAll();
    expect(await told(row)).toMatchObject({ state: 'released', reason: 'The clinic has left the desk.' });
    expect(shop.owned.has(number)).toBe(false);
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
    host.say(status, status);
    await settleAll();
    expect(host.asked).toEqual(['order', 'cancel']);
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
    expect((await whatIsStillThere()).map(({ what }) => what)).toEqual(['number', 'whatsapp-sender']);
  });

  it('orders nothing afterwards', async () => {
    const { id } = await stage.register(clinic.id, 'tendlc-brand');
    await leave();
    const hasLeft = 'The clinic has left the desk';
    await expect(order(newNumber(), clinic)).rejects.toThrow(hasLeft);
    const asked = { orgId: clinic.id, id, subject: 'tendlc-brand', now: stage.clock() } as const;
    await expect(stage.administration.inTenant(clinic.id, (tx) => askWorker(tx, asked))).rejects.toThrow(hasLeft);
  });

  it('that entered a number anew while it went back gives it up all the same', async () => {
    const number = newNumber();
    await settle(await ordered(number, clinic));
    await leave();
    await enterByHand(stage, clinic, number);
    await leave();
    await settleAll();
    expect(await holder(number)).toBeUndefined();
    expect(shop.owned.has(number)).toBe(false);
  });
});

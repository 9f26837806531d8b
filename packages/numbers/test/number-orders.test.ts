import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, parsePhoneNumber, present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import fc from 'fast-check';
import { changeNumber, makeAdvanceNumberOrder } from '../src/index.ts';
import { assignNumber } from '../src/postgres/assign-number.ts';
import { ringRegistration } from '../src/postgres/index.ts';
import { lostAnswers, scriptedCarrier, type Act, type Plan, type Trouble } from './scripted-carrier.ts';
import { orderActs } from './order-acts.ts';
import { openStage, type Stage } from './stage.ts';
import { suppressTextsFrom, writeCampaigns } from './written-rows.ts';

let stage: Stage;
type Clinic = Awaited<ReturnType<Stage['clinic']>>;
let clinic: Clinic;
let shop: ReturnType<typeof scriptedCarrier>;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  clinic = await stage.clinic();
  shop = scriptedCarrier();
});
afterAll(() => stage.close());

let numbers = 0;
const newNumber = (): PhoneNumber => present(parsePhoneNumber(`+1623555${String(1_000 + ++numbers)}`), 'a number');

const acts = orderActs(() => ({ stage, shop }));
const { engine, settle, holder, told } = acts;
const order = (number: PhoneNumber, of = clinic) => acts.order(number, of);
const ordered = (number: PhoneNumber, of = clinic) => acts.ordered(number, of);

const stateOf = async (id: Id) =>
  present(
    (
      await stage.rows<{ state: string; reason: string | null }>(
        'select state, reason from number_orders where id = $1',
        id,
      )
    )[0],
    'the order',
  );
describe('an order', () => {
  it('brings the clinic the number, on a profile of its own, with its history', async () => {
    const number = newNumber();
    const causeKey = `number-lost:${number}:another`; // it had it before
    await stage.openTask(null, { orgId: clinic.id, reason: 'It is lost.', causeKey });
    const row = await ordered(number);
    await settle(row);
    expect(stage.tasks.filter((task) => task.causeKey === causeKey)).toEqual([]);
    expect(await stateOf(row.id)).toEqual({ state: 'assigned', reason: null });
    expect(shop.asked).toEqual(['ensureProfile', 'findOrder', 'order', 'configure']);
    expect(await holder(number)).toMatchObject({
      org_id: clinic.id,
      origin: 'bought',
      carrier_number_id: `id-${number}`,
      messaging_profile_id: `profile-${clinic.id}`,
      call_handling: 'reject',
    });
    const second = newNumber();
    const again = await ordered(second);
    await settle(again);
    expect(shop.asked.filter((act) => act === 'ensureProfile')).toHaveLength(1);
    expect((await holder(second))?.['messaging_profile_id']).toBe(`profile-${clinic.id}`);
    await stage.rows('update phone_numbers set call_handling = $2 where e164 = $1', second, 'ring');
    expect(await told(again)).toMatchObject({ state: 'assigned', reason: null });
    await stage.rows('delete from phone_numbers where e164 = $1', second);
    expect(await told(again)).toMatchObject({ state: 'released', reason: expect.stringMatching(/books .* no more/) });
    const audit = await stage.rows<{ action: string }>(
      'select action from audit_log where subject_id = $1 order by at, id',
      row.id,
    );
    expect(audit.map(({ action }) => action)).toContain('number assigned');
  });

  it('is never bought twice and never bought and forgotten, wherever answers are lost', async () => {
    const acts = ['ensureProfile', 'findOrder', 'order', 'configure', 'release'] as const;
    const troubles: readonly Trouble[] = ['none', 'not-done', 'answer-lost', 'refused', 'blind'];
    await fc.assert(
      fc.asyncProperty(
        fc
          .array(fc.tuple(fc.constantFrom<Act>(...acts), fc.constantFrom(...troubles)), { maxLength: 10 })
          // A day passes between two looks here, and no carrier forgets for so long what it sold.
          .filter((plan) => plan.filter(([, trouble]) => trouble === 'blind').length <= 2),
        fc.boolean(),
        async (plan, hold) => {
          shop = scriptedCarrier();
          shop.trouble(...plan);
          shop.hold(hold);
          const number = newNumber();
          const row = await ordered(number);
          await engine().lookAfter(row);
          shop.hold(false);
          await settle(row);
          const { state } = await stateOf(row.id);
          const isBlind = plan.some(([act, trouble]) => act === 'findOrder' && trouble === 'blind');
          if (!isBlind) expect(shop.repeated).toEqual([]);
          const ours = await holder(number);
          // What the carrier bills is the clinic's and set up; what is not the clinic's is not billed.
          expect({ state, billed: shop.owned.has(number), ours: ours !== undefined }).toEqual(
            state === 'assigned'
              ? { state, billed: true, ours: true }
              : { state: expect.stringMatching(/^(failed|released)$/), billed: false, ours: false },
          );
          if (state === 'assigned') expect(shop.owned.get(number)?.configured).toBe(true);
          else
            expect(
              stage.tasks.some(({ causeKey }) => causeKey === `number-order:${clinic.location.id}:${row.id}`),
            ).toBe(true);
        },
      ),
      { numRuns: 15, examples: lostAnswers.map((plan): [Plan, boolean] => [plan, false]) },
    );
  });

  it.each(['refuses another', 'takes another, which fails'])(
    'is not given up while the carrier that sold the number does not show it yet and %s',
    async (how) => {
      const number = newNumber();
      if (how !== 'refuses another') shop.takeOrders();
      shop.trouble(
        ['order', 'answer-lost'],
        ...Array.from({ length: 8 }, (): [Act, Trouble] => ['findOrder', 'blind']),
      );
      const row = await ordered(number);
      const { lookAfter } = engine();
      for (let minutes = 0; minutes < 10; minutes++) {
        await stage.inTenant(row.orgId, (tx) =>
          ringRegistration(tx, { ...row, correlationId: row.id, now: stage.clock() }),
        );
        await lookAfter(row);
        stage.pass({ minutes: 1 });
      }
      expect(await stateOf(row.id)).toEqual({ state: 'assigned', reason: null });
      expect(await holder(number)).toMatchObject({ org_id: clinic.id });
    },
  );

  it('that the carrier keeps open for more than a day is a task for staff, once, until it goes on', async () => {
    shop.hold(true);
    const row = await ordered(newNumber());
    const { lookAfter } = engine();
    const slow = () => stage.tasks.filter(({ causeKey }) => causeKey === `number-order-slow:${row.id}`);
    await lookAfter(row);
    stage.pass({ hours: 24 });
    await lookAfter(row);
    expect(slow()).toEqual([]);
    for (let hours = 0; hours < 3; hours++) {
      stage.pass({ hours: 1 });
      await lookAfter(row);
    }
    expect(slow()).toMatchObject([{ orgId: clinic.id, reason: expect.stringContaining(`the order order-${row.id}`) }]);
    expect((await stateOf(row.id)).state).toBe('ordering');
    shop.hold(false);
    await settle(row);
    expect(slow()).toEqual([]);
  });

  it.each([
    ['joins the campaign', 'that alone is live', ['live', 'rejected'], 1],
    ['joins none', 'where two are live', ['live', 'live'], 0],
    ['joins none', 'where none is live', ['in-review'], 0],
  ] as const)('%s %s', async (_does, _where, states, links) => {
    await writeCampaigns(stage, clinic, states);
    const number = newNumber();
    await settle(await ordered(number));
    const joined = await stage.rows(
      `select c.state from tendlc_numbers n join tendlc_campaigns c on c.id = n.campaign_id
         join registrations r on r.id = n.id and r.subject = 'tendlc-number' and r.due_at is not null
       where n.e164 = $1 and n.wanted = 'in' and n.state = 'pending'`,
      number,
    );
    expect(joined).toEqual(Array.from({ length: links }, () => ({ state: 'live' })));
  });

  it('waits while the carrier does not serve the account, and fails with the reason after three days', async () => {
    const number = newNumber();
    const mended = await ordered(newNumber());
    shop.trouble(['order', 'unserved'], ['order', 'unserved']);
    const { lookAfter, armed } = engine();
    await lookAfter(mended);
    expect(armed.at(-1)).toEqual(stage.clock().add({ seconds: 30 }));
    expect(await told(mended)).toMatchObject({ state: 'ordering' });
    expect(stage.tasks.at(-1)?.reason).toMatch(/The account has no money/);
    stage.pass({ hours: 40 });
    await lookAfter(mended);
    expect(armed.at(-1)).toEqual(stage.clock().add({ hours: 1 }));
    await settle(mended);
    expect(await told(mended)).toMatchObject({ state: 'assigned' });

    const row = await ordered(number);
    shop.trouble(...Array.from({ length: 200 }, (): [Act, Trouble] => ['order', 'unserved']));
    await settle(row, { hours: 3 });
    expect(await told(row)).toMatchObject({ state: 'failed', reason: 'The account has no money.' });
    expect(shop.owned.has(number)).toBe(false);
    expect(stage.tasks.filter(({ causeKey }) => causeKey.startsWith('registration-stuck'))).toEqual([]);
  });

  it('that cannot be set up is given back, and says so', async () => {
    const number = newNumber();
    shop.trouble(['configure', 'refused']);
    const row = await ordered(number);
    await settle(row);
    expect(await stateOf(row.id)).toEqual({ state: 'released', reason: 'Telnyx says: no to configure.' });
    expect(shop.owned.size).toBe(0);
    expect(stage.tasks.at(-1)?.reason).toMatch(/could not be set up and was given back.*no to configure/);
  });

  it.each(['refused', 'none'] as const)(
    'is not moved by a process that slept longer than its lease (%s)',
    async (trouble) => {
      const number = newNumber();
      const row = await ordered(number);
      const asleep = Promise.withResolvers<void>();
      const awake = Promise.withResolvers<void>();
      const { carrier } = shop;
      const configure = carrier.configure.bind(carrier);
      carrier.configure = async (of) => {
        carrier.configure = configure;
        asleep.resolve();
        await awake.promise;
        shop.trouble(['configure', trouble]);
        return configure(of);
      };
      const slow = engine().lookAfter(row);
      await asleep.promise;
      stage.pass({ minutes: 6 });
      await engine().lookAfter(row);
      expect(await told(row)).toMatchObject({ state: 'assigned' });
      awake.resolve();
      await slow;
      expect(await told(row)).toMatchObject({ state: 'assigned', reason: null });
      expect(shop.owned.has(number)).toBe(true);
      expect(await stage.rows('select from number_assignments where e164 = $1', number)).toHaveLength(1);
      expect((await stage.registration(row.id))?.due_at).toBeNull();
    },
  );

  it('of a number that somebody else has just bought fails, with what to do until another one came', async () => {
    const number = newNumber();
    shop.owned.set(number, { reference: newId(), configured: true });
    const row = await ordered(number);
    await settle(row);
    expect(await stateOf(row.id)).toEqual({ state: 'failed', reason: 'the number is sold.' });
    const open = () => stage.tasks.filter(({ orgId }) => orgId === clinic.id).map(({ reason }) => reason);
    expect(open()).toEqual([expect.stringMatching(/order another one/)]);
    await settle(await ordered(newNumber()));
    expect(open()).toEqual([]);
  });

  it('is refused while anybody has the number or is about to get it', async () => {
    const other = await stage.clinic();
    const number = newNumber();
    const row = await ordered(number);
    expect(await order(number, other)).toEqual({ kind: 'taken' });
    await settle(row);
    expect(await order(number, other)).toEqual({ kind: 'taken' });
    expect(await order(number)).toEqual({ kind: 'has-it' });
  });
});

describe('a number that the carrier gave to another clinic', () => {
  it('is theirs from the newest assignment on, and the one before hears of it', async () => {
    const number = present(parsePhoneNumber(clinic.location.number), 'its number');
    const other = await stage.clinic();
    const id = newId();
    await stage.inTenant(other.id, async (tx) => {
      await tx.$executeRaw`
        insert into number_orders (org_id, id, location_id, carrier, e164, call_handling, state, asked_by, created_at, state_at)
        values (${other.id}::uuid, ${id}::uuid, ${other.location.id}::uuid, 'telnyx', ${number}, 'ring', 'requested', 'api:olga', now(), now())`;
    });
    await stage.rows(`update phone_numbers set assigned_at = '2026-11-01' where e164 = $1`, number);
    const advance = makeAdvanceNumberOrder({
      ...stage,
      suppressTextsFrom,
      carriers: new Map([['telnyx' as const, shop.carrier]]),
    });
    await advance({
      orgId: other.id,
      id,
      subject: 'number-order',
      provider: 'telnyx',
      externalId: null,
      tries: 0,
      news: null,
    });
    expect((await holder(number))?.['org_id']).toBe(other.id);
    const told = stage.tasks.filter(({ causeKey }) => causeKey.startsWith(`number-lost:${number}`));
    expect(told).toMatchObject([{ orgId: clinic.id }]);
  });

  it('is one clinic’s alone, also when several get it at the same moment', async () => {
    const number = newNumber();
    const clinics = [clinic, await stage.clinic(), await stage.clinic()];
    const how = { carrier: 'telnyx', numberId: null, origin: 'bought', callHandling: 'ring' } as const;
    for (let round = 0; round < 5; round++) {
      await Promise.all(
        clinics.map(({ id: orgId, location }) =>
          stage.inTenant(orgId, (tx) =>
            assignNumber(tx, { ...how, orgId, number, locationId: location.id, profileId: orgId, now: stage.clock() }),
          ),
        ),
      );
      stage.pass({ seconds: 1 });
    }
    const current = await stage.rows(
      `select a.org_id, a.org_id = p.org_id and p.messaging_profile_id = a.org_id::text as whole
       from number_assignments a join phone_numbers p using (e164) where e164 = $1 and ended_at is null`,
      number,
    );
    expect(current).toEqual([{ org_id: expect.any(String), whole: true }]);
    expect(
      await stage.rows('select from number_assignments where e164 = $1 and ended_at < assigned_at', number),
    ).toEqual([]);
  });
});

describe('the calls of a number', () => {
  it('are handed to people, and never to a number whose calls come to the desk', async () => {
    const other = await stage.clinic();
    const number = present(parsePhoneNumber(clinic.location.number), 'its number');
    const change = (changes: { transferTo?: PhoneNumber | null; locationId?: Id; callHandling?: 'ring' | 'reject' }) =>
      stage.administration.inTenant(clinic.id, (tx) =>
        changeNumber(tx, {
          orgId: clinic.id,
          number,
          ...changes,
          actor: 'api:mara',
          requestId: 'request-1',
          now: stage.clock(),
        }),
      );
    const theirs = present(parsePhoneNumber(other.location.number), 'their number');
    expect(await change({ transferTo: theirs })).toEqual({ kind: 'transfer-to-desk' });
    expect(await change({ transferTo: number })).toEqual({ kind: 'transfer-to-desk' });
    expect(await change({ locationId: other.location.id })).toEqual({ kind: 'no-such-location' });
    const person = present(parsePhoneNumber('+16025550177'), 'a person');
    expect(await change({ transferTo: person, callHandling: 'reject' })).toEqual({ kind: 'changed' });
    expect(await change({ callHandling: 'ring' })).toEqual({ kind: 'changed' });
    expect(await holder(number)).toMatchObject({ transfer_to: person, call_handling: 'ring' });
    expect(await change({ transferTo: null })).toEqual({ kind: 'changed' });
    expect((await holder(number))?.['transfer_to']).toBeNull();
  });
});

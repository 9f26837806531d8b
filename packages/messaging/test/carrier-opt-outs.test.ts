import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, present } from '@frontdesk/kernel';
import { createTestClinic, type TestPerson } from '@frontdesk/testkit';
import { makeSyncCarrierOptOuts, type CarrierOptOut, type CarrierOptOuts } from '../src/index.ts';
import { consentHistory, consentOf, recordOptOut } from '../src/postgres/index.ts';
import { evidenceOf, receiveKeyword } from './received-text.ts';
import { openTextDesk, waiterForALock, type TextDesk } from './text-desk.ts';

const every = Temporal.Duration.from({ hours: 1 });
let desk: TextDesk;
let messagingProfileId: string;
beforeAll(async () => {
  desk = await openTextDesk();
  const { rows } = await desk.server.owner.query<{ id: string }>(
    'select messaging_profile_id as id from phone_numbers where e164 = $1',
    [desk.clinic.location.number],
  );
  messagingProfileId = present(rows[0], 'the number of the clinic').id;
});
afterAll(() => desk.close());
beforeEach(() => desk.pass({ hours: 2 }));

/** What the carrier lists; asked for later than its entries it gives those from that moment on. */
function carrier(entries: readonly CarrierOptOut[], { failsAfter = entries.length } = {}) {
  const asked: string[] = [];
  const optOuts: CarrierOptOuts = {
    async *since(_, since) {
      asked.push(since.toString());
      yield* entries.slice(0, failsAfter).filter(({ at }) => Temporal.Instant.compare(at, since) >= 0);
      if (failsAfter < entries.length) throw new Error('the list broke off');
    },
  };
  return { asked, optOuts };
}

const entry = ({ phone }: TestPerson, change: Partial<CarrierOptOut> = {}): CarrierOptOut => ({
  phone,
  clinicNumber: desk.clinic.location.number,
  kind: 'opt-out',
  wording: 'STOP',
  at: desk.now(),
  ...change,
});

const sync = (optOuts: CarrierOptOuts, orgId = desk.clinic.id) =>
  makeSyncCarrierOptOuts({
    inTenant: (id, work) => desk.database.inTenant(id, work),
    optOuts,
    clock: desk.now,
    every,
  })({ orgId, messagingProfileId });
const nothing = { stopped: 0, resumed: 0 };
const oneStopped = { stopped: 1, resumed: 0 };

const consent = ({ phone }: TestPerson) =>
  desk.database.inTenant(desk.clinic.id, (tx) => consentOf(tx, { orgId: desk.clinic.id, phone }));
const history = ({ phone }: TestPerson) =>
  Array.fromAsync(consentHistory((id, work) => desk.database.inTenant(id, work), { orgId: desk.clinic.id, phone }));

describe("reading a carrier's own list of opt-outs", () => {
  it('records what the desk never heard of, with the word and the moment, and confirms nothing', async () => {
    const person = await desk.person();
    const at = desk.now().subtract({ minutes: 30 });
    expect(await sync(carrier([entry(person, { wording: 'QUIT', at })]).optOuts)).toEqual(oneStopped);
    expect(await history(person)).toMatchObject([
      { kind: 'opt-out', source: 'carrier', wording: 'QUIT', occurredAt: at, recordedBy: 'messaging-worker' },
    ]);
    const { rows } = await desk.server.owner.query('select from outbound_messages where to_number = $1', [
      person.phone,
    ]);
    expect(rows).toEqual([]);
    desk.sent.length = 0;
    await desk.send(await desk.request(person));
    expect(desk.sent).toEqual([]);
  });

  it('goes on where it stopped, with an overlap for what is listed late, and says nothing twice', async () => {
    const [first, second] = [await desk.person(), await desk.person()];
    const at = desk.now();
    expect(await sync(carrier([entry(first)]).optOuts)).toEqual(oneStopped);
    desk.pass({ hours: 3 });
    const again = carrier([entry(first, { at }), entry(second)]);
    expect(await sync(again.optOuts)).toEqual(oneStopped);
    expect(again.asked).toEqual([at.subtract({ hours: 1 }).toString()]);
    expect(await history(first)).toHaveLength(1);
  });

  it('is done by one instance at a time, and not again within the hour', async () => {
    const list = carrier([]);
    await Promise.all([sync(list.optOuts), sync(list.optOuts), sync(list.optOuts)]);
    desk.pass({ minutes: 59 });
    await sync(list.optOuts);
    expect(list.asked).toHaveLength(1);
  });

  it('loses nothing when it breaks off', async () => {
    const [first, second] = [await desk.person(), await desk.person()];
    const entries = [entry(first), entry(second, { at: desk.now().subtract({ minutes: 5 }) })];
    await expect(sync(carrier(entries, { failsAfter: 1 }).optOuts)).rejects.toThrow('broke off');
    expect((await consent(first)).stoppedAt).not.toBeNull();
    desk.pass({ hours: 2 });
    expect(await sync(carrier(entries).optOuts)).toEqual(oneStopped);
    expect((await consent(second)).stoppedAt).not.toBeNull();
  });

  it('takes a block from before the last START for history, and a later opt-in for one', async () => {
    const person = await desk.person();
    const before = desk.now();
    desk.pass({ minutes: 1 });
    await receiveKeyword(desk, person, 'start');
    desk.pass({ minutes: 1 });
    expect(await sync(carrier([entry(person, { at: before })]).optOuts)).toEqual(nothing);
    await receiveKeyword(desk, person, 'stop');
    desk.pass({ hours: 2 });
    expect(await sync(carrier([entry(person, { kind: 'opt-in', wording: 'START' })]).optOuts)).toEqual({
      stopped: 0,
      resumed: 1,
    });
    expect((await consent(person)).stoppedAt).toBeNull();
    expect((await history(person)).at(-1)).toMatchObject({ kind: 'opt-in', source: 'carrier', wording: 'START' });
  });

  it('takes an opt-in from before the person said STOP again for history', async () => {
    const person = await desk.person();
    await receiveKeyword(desk, person, 'stop');
    desk.pass({ minutes: 1 });
    const missed = entry(person, { kind: 'opt-in', wording: 'START' });
    desk.pass({ minutes: 1 });
    await receiveKeyword(desk, person, 'stop', 'I said leave me alone');
    expect(await sync(carrier([missed]).optOuts)).toEqual(nothing);
    expect((await consent(person)).stoppedAt).not.toBeNull();
  });

  it('takes the list in any order', async () => {
    const [back, gone] = [await desk.person(), await desk.person()];
    const first = desk.now();
    const then = first.add({ minutes: 1 });
    const newestFirst = [
      entry(back, { kind: 'opt-in', wording: 'START', at: then }),
      entry(back, { at: first }),
      entry(gone, { at: then }),
      entry(gone, { kind: 'opt-in', wording: 'START', at: first }),
    ];
    expect(await sync(carrier(newestFirst).optOuts)).toEqual(oneStopped);
    expect((await consent(back)).stoppedAt).toBeNull();
    expect((await consent(gone)).stoppedAt).not.toBeNull();
  });

  it('lets a STOP that comes in at the same moment stand', async () => {
    const person = await desk.person();
    await receiveKeyword(desk, person, 'stop');
    desk.pass({ minutes: 1 });
    const missed = entry(person, { kind: 'opt-in', wording: 'START' });
    desk.pass({ minutes: 1 });
    const synced = await desk.database.inTenant(desk.clinic.id, async (tx) => {
      await recordOptOut(tx, evidenceOf(desk, person));
      const syncing = sync(carrier([missed]).optOuts);
      await waiterForALock(desk);
      return { syncing };
    });
    expect(await synced.syncing).toEqual(nothing);
    expect((await consent(person)).stoppedAt).not.toBeNull();
  });

  it('gives each clinic of a shared profile the entries of its own numbers alone', async () => {
    const other = await createTestClinic(desk.server.owner);
    const person = await desk.person();
    const list = carrier([entry(person)]);
    expect(await sync(list.optOuts, other.id)).toEqual(nothing);
    expect(await sync(list.optOuts)).toEqual(oneStopped);
    const { rows } = await desk.server.owner.query('select org_id from opt_outs where phone = $1', [person.phone]);
    expect(rows).toEqual([{ org_id: desk.clinic.id }]);
    expect(await sync(carrier([entry(person, { clinicNumber: newId() })]).optOuts)).toEqual(nothing);
  });
});

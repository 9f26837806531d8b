import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountFailure, parsePhoneNumber, present, type Id } from '@frontdesk/kernel';
import { findSender, hearOfRegistration, registerSender, ringRegistration } from '../src/postgres/index.ts';
import { until } from '@frontdesk/testkit';
import { makeAdvanceSender, type Advance, type ProviderNews } from '../src/index.ts';
import { openStage, type Stage } from './stage.ts';

let stage: Stage;
let orgId: Id;
beforeAll(async () => {
  stage = await openStage();
  orgId = (await stage.clinic()).id;
});
afterAll(() => stage.close());

const settled: Advance = async () => ({ at: null });
const ring = (id: Id) =>
  stage.inTenant(orgId, (tx) => ringRegistration(tx, { orgId, id, correlationId: id, now: stage.clock() }));
const hear = (id: Id, news: ProviderNews) =>
  stage.inTenant(orgId, (tx) => hearOfRegistration(tx, { orgId, id, news, now: stage.clock() }));

/** A look that goes on until it is told to end. */
function heldLook() {
  const begun = Promise.withResolvers<void>();
  const end = Promise.withResolvers<void>();
  let looks = 0;
  const advance: Advance = async () => {
    looks += 1;
    begun.resolve();
    await end.promise;
    return { at: null };
  };
  return { advance, begun: begun.promise, end: end.resolve, looks: () => looks };
}

describe('a registration that is due', () => {
  it('is looked at by one process at a time, however many are rung', async () => {
    const row = await stage.register(orgId);
    const held = heldLook();
    const processes = Array.from({ length: 5 }, () => stage.engine({ 'number-order': held.advance }));
    const first = present(processes[0], 'the first').lookAfter(row);
    await held.begun;
    await Promise.all(processes.slice(1).map(({ lookAfter }) => lookAfter(row)));
    held.end();
    await first;
    expect(held.looks()).toBe(1);
    expect(await stage.registration(row.id)).toMatchObject({ due_at: null, leased_until: null, tries: 0 });
  });

  it('is looked at once more when somebody rings during a look', async () => {
    const row = await stage.register(orgId);
    const held = heldLook();
    const { lookAfter, armed } = stage.engine({ 'number-order': held.advance });
    const look = lookAfter(row);
    await held.begun;
    await ring(row.id);
    held.end();
    await look;
    expect(armed).toEqual([stage.clock()]);
    await lookAfter(row);
    expect(held.looks()).toBe(2);
    expect((await stage.registration(row.id))?.due_at).toBeNull();
  });

  it('gets the provider’s news in its next look, once, and keeps what comes during a look for the one after', async () => {
    const row = await stage.register(orgId);
    const seen: unknown[] = [];
    const { lookAfter } = stage.engine({
      'number-order': async ({ news }) => {
        seen.push(news);
        if (seen.length === 1) await hear(row.id, { status: 'LATER', reasons: [] });
        return { at: null };
      },
    });
    await hear(row.id, { status: 'REJECTED', reasons: ['no opt-in'] });
    await lookAfter(row);
    await lookAfter(row);
    await ring(row.id);
    await lookAfter(row);
    expect(seen).toEqual([{ status: 'REJECTED', reasons: ['no opt-in'] }, { status: 'LATER', reasons: [] }, null]);
  });

  it('is looked at again after the process that had it has died', async () => {
    const row = await stage.register(orgId);
    const dying = stage.engine({ 'number-order': async () => Promise.withResolvers<never>().promise });
    void dying.lookAfter(row);
    await until('it has the lease', async () => (await stage.registration(row.id))?.leased_until != null);
    const { lookAfter, outcomes } = stage.engine({ 'number-order': settled });
    await lookAfter(row);
    expect(outcomes).toEqual([]);
    stage.pass({ minutes: 5 });
    await lookAfter(row);
    expect(outcomes).toEqual(['settled']);
  });

  it('is not ended by a process that took longer than its lease', async () => {
    const row = await stage.register(orgId);
    const slow = heldLook();
    const look = stage.engine({ 'number-order': slow.advance }).lookAfter(row);
    await slow.begun;
    stage.pass({ minutes: 5 });
    const quick = heldLook();
    const second = stage.engine({ 'number-order': quick.advance }).lookAfter(row);
    await quick.begun;
    slow.end();
    await look;
    expect((await stage.registration(row.id))?.leased_until).not.toBeNull();
    quick.end();
    await second;
    expect((await stage.registration(row.id))?.leased_until).toBeNull();
  });

  it('waits for as long as its look says, and is known by what the provider calls it', async () => {
    const row = await stage.register(orgId);
    const at = stage.clock().add({ minutes: 12 });
    const { lookAfter, armed, outcomes } = stage.engine({
      'number-order': async () => ({ at, externalId: 'order-1' }),
    });
    await lookAfter(row);
    await lookAfter(row); // not due yet
    expect({ armed, outcomes }).toEqual({ armed: [at], outcomes: ['waiting'] });
    expect(await stage.registration(row.id)).toMatchObject({ external_id: 'order-1' });
  });

  it('is left to others by a version that does not know its subject', async () => {
    const row = await stage.register(orgId, 'whatsapp-template', 'meta');
    const { lookAfter, outcomes } = stage.engine({ 'number-order': settled });
    await lookAfter(row);
    expect(outcomes).toEqual(['in-vain']);
    const left = await stage.registration(row.id);
    expect(left?.last_error).toMatch(/whatsapp-template/);
    expect(left?.due_at).not.toBeNull();
  });

  it('comes less and less often while looks fail, tells staff once until it works, and begins anew when somebody rings', async () => {
    const row = await stage.register(orgId);
    let isAway = true;
    const { lookAfter, armed } = stage.engine({
      'number-order': async () => {
        if (isAway) throw new Error('the carrier is away');
        return { at: null };
      },
    });
    const waits: number[] = [];
    for (let n = 0; n < 24; n++) {
      await lookAfter(row);
      const next = present(armed.at(-1), 'the next look');
      waits.push(next.epochMilliseconds - stage.clock().epochMilliseconds);
      stage.pass({ milliseconds: waits.at(-1) ?? 0 });
    }
    expect(waits).toEqual(waits.toSorted((a, b) => a - b));
    expect(waits[0]).toBeLessThanOrEqual(1_000);
    expect(waits.at(-1)).toBe(300_000); // half of the cap, as the dice say
    const open = () => stage.tasks.filter(({ causeKey }) => causeKey.startsWith(`registration-stuck:${row.id}`));
    expect(open().map(({ reason }) => reason)).toEqual([expect.stringContaining('the carrier is away')]);
    await ring(row.id);
    expect(await stage.registration(row.id)).toMatchObject({ tries: 0 });
    isAway = false;
    await lookAfter(row);
    expect(open()).toEqual([]);
  });

  it('is looked at within the hour while the provider does not serve the account, with one task that says so until it does', async () => {
    const row = await stage.register(orgId);
    let isServed = false;
    const long: unknown[] = [];
    const { lookAfter, armed } = stage.engine({
      'number-order': async ({ isUnservedForLong }) => {
        long.push(isUnservedForLong);
        if (!isServed) throw new AccountFailure('Its balance is used up: add money.');
        return { at: null };
      },
    });
    const open = () => stage.tasks.filter(({ causeKey }) => causeKey.startsWith(`registration-stuck:${row.id}`));
    for (let day = 0; day < 3; day++) {
      await lookAfter(row);
      expect(armed.at(-1)).toEqual(stage.clock().add(day === 0 ? { seconds: 30 } : { hours: 1 }));
      expect(open().map(({ reason }) => reason)).toEqual([
        expect.stringMatching(/nothing that the clinic gave is wrong. Its balance is used up/),
      ]);
      stage.pass({ hours: 24 });
    }
    isServed = true;
    await lookAfter(row);
    expect(open()).toEqual([]);
    // Whatever can fail learns that it has waited for long enough.
    expect(long).toEqual([false, false, false, true]);
  });

  it('fails after three days as a sender that was never online, and one that works goes on', async () => {
    const clinic = await stage.clinic();
    const number = present(parsePhoneNumber(clinic.location.number), 'its number');
    await stage.rows(`update phone_numbers set carrier = 'twilio' where e164 = $1`, number);
    const wish = { orgId: clinic.id, number, displayName: 'Glow Spa', now: stage.clock() };
    const asked = await stage.administration.inTenant(clinic.id, (tx) => registerSender(tx, wish));
    if (asked.kind !== 'connecting') throw new Error(asked.kind);
    const row = { orgId: clinic.id, id: asked.id };
    const sender = () => stage.inTenant(clinic.id, (tx) => findSender(tx, row));
    const unserved = () => Promise.reject(new AccountFailure('Its balance is used up: add money'));
    const { lookAfter } = stage.engine({
      'whatsapp-sender': makeAdvanceSender({
        ...stage,
        accounts: null,
        keys: new Map(),
        senders: { find: unserved, create: unserved, remove: unserved },
      }),
    });
    const threeDays = async () => {
      for (let day = 0; day < 4; day++) {
        await lookAfter(row);
        stage.pass({ hours: 24 });
      }
    };
    await threeDays();
    const reason = expect.stringMatching(/add money. It was tried for three days: connect the number again/);
    expect(await sender()).toMatchObject({ state: 'failed', reason });
    const tasks = stage.tasks.filter(({ orgId: of }) => of === clinic.id);
    expect(tasks).toMatchObject([{ causeKey: expect.stringMatching(/:failed:/), reason }]);
    expect((await stage.registration(row.id))?.due_at).toBeNull();

    const works = `update whatsapp_senders set state = 'online', step = 'created', reason = null where id = $1`;
    await stage.rows(works, row.id);
    await stage.inTenant(clinic.id, (tx) =>
      ringRegistration(tx, { ...row, correlationId: row.id, now: stage.clock() }),
    );
    await threeDays();
    expect(await sender()).toMatchObject({ state: 'online' });
    expect((await stage.registration(row.id))?.due_at).not.toBeNull();
  });

  it('of another clinic is not found', async () => {
    const row = await stage.register(orgId);
    const other = await stage.clinic();
    const rung = await stage.inTenant(other.id, (tx) =>
      ringRegistration(tx, { orgId: other.id, id: row.id, correlationId: row.id, now: stage.clock() }),
    );
    expect(rung).toBe(false);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  clinicNumber,
  openDesk,
  seenByMistake,
  serviceRoles,
  tablesWithRowsOf,
  untilAtRest,
  walkToLink,
} from '../src/index.ts';
import type { Desk } from '../src/index.ts';

const [clinic, other] = [clinicNumber(40), clinicNumber(41, { name: 'Oak Skin Studio' })];
let desk: Desk;

/** In both clinics a person calls, chats, pays and is booked, so that every table has rows of both. */
beforeAll(async () => {
  desk = await openDesk([clinic, other]);
  await Promise.all(
    [clinic, other].map(async (where) => {
      const patient = desk.patient(where);
      await patient.callInVain();
      await patient.hears(/missed your call/);
      const link = await walkToLink(desk, patient);
      await desk.simulators.square.pay(link);
      await patient.hears(/You're booked/);
      await desk.patient(where).ask('Is my swelling normal?');
      await desk.patient(where).text('please stop texting me');
    }),
  );
  await untilAtRest(desk);
}, 90_000);
afterAll(() => desk?.close());

const between = (tables: readonly string[]) => ({ tables, clinic: clinic.id, other: other.id });

describe('a person of one clinic', () => {
  it('is invisible to the other in every table and to every service, also when a query forgets the filter', async () => {
    const tables = await tablesWithRowsOf(desk, other.id);
    expect(tables).toEqual(
      expect.arrayContaining(['contacts', 'leads', 'inbound_messages', 'appointments', 'deposits', 'event_log']),
    );
    expect(tables.length).toBeGreaterThan(25);
    expect(await seenByMistake(desk, between(tables))).toEqual([]);
  });

  it('would be seen everywhere if row-level security were off', async () => {
    const tables = await tablesWithRowsOf(desk, other.id);
    for (const table of tables) await desk.rows.query(`alter table ${table} disable row level security`);
    const seen = await seenByMistake(desk, between(tables));
    for (const role of serviceRoles) {
      expect(seen).toEqual(expect.arrayContaining([`${role} in contacts`, `${role} in outbound_messages`]));
    }
  });
});

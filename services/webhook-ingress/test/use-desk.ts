import { afterAll, beforeAll } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { addSender, rowsOf, startDesk, type Desk } from './desk.ts';

/** A clinic, an instance of the service and a clock that stands, for all tests of a file. */
export function useDesk() {
  let now = Temporal.Now.instant();
  let started: { database: TestDatabase; clinic: ClinicDefinition; desk: Desk } | undefined;
  const the = () => present(started, 'the desk, once the tests run');

  beforeAll(async () => {
    const database = await createTestDatabase();
    const [clinic, desk] = await Promise.all([
      createTestClinic(database.owner),
      startDesk(database, { clock: () => now }),
    ]);
    await addSender(database, clinic);
    started = { database, clinic, desk };
  });
  afterAll(async () => {
    await the().desk.close();
    await the().database.close();
  });

  return {
    get database() {
      return the().database;
    },
    get clinic() {
      return the().clinic;
    },
    get desk() {
      return the().desk;
    },
    get rows() {
      return rowsOf(the().database);
    },
    /** The clinic's number. */
    get to() {
      return the().clinic.location.number;
    },
    now: () => now,
    pass(time: Temporal.DurationLike) {
      now = now.add(time);
    },
    /** Another instance of the service, with the same clock. */
    twin: () => startDesk(the().database, { clock: () => now }),
    async anotherClinic() {
      const clinic = await createTestClinic(the().database.owner);
      await addSender(the().database, clinic);
      return clinic;
    },
    /** The types of the events that the texts of this number caused, in order. */
    typesOf: (from: string) => rowsOf(the().database).eventTypes(the().clinic, from),
  };
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import type { Database } from './database.ts';

let server: TestDatabase;
let database: Database;
beforeAll(async () => {
  server = await createTestDatabase();
  database = server.as('frontdesk_conversation_worker');
});
afterAll(() => server.close());

describe('a tenant transaction', () => {
  it("sees its own clinic's rows and no others, also when the query forgets the filter", async () => {
    const [own, other] = [await createTestClinic(server.owner), await createTestClinic(server.owner)];
    const seen = await database.inTenant(
      own.id,
      (tx) => tx.$queryRaw<{ org_id: string }[]>`select org_id from services`,
    );
    expect(new Set(seen.map((row) => row.org_id))).toEqual(new Set([own.id]));
    const ofOther = await database.inTenant(
      other.id,
      (tx) => tx.$queryRaw`select org_id from services where org_id = ${own.id}::uuid`,
    );
    expect(ofOther).toEqual([]);
    expect(await database.inTenant(newId(), (tx) => tx.$queryRaw`select org_id from services`)).toEqual([]);
  });
});

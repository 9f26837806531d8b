import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ConfigFault } from '@frontdesk/kernel';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { assertMigrated } from './assert-migrated.ts';
import { newestMigration } from './newest-migration.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());

const start = () => assertMigrated(server.poolAs('frontdesk_relay'));

describe('a start', () => {
  it('is granted on the database that the code knows', async () => {
    await expect(start()).resolves.toBeUndefined();
  });

  it('is granted on a newer database', async () => {
    await server.owner.query("insert into migrations (name, run_on) values ('9999_later', now())");
    await expect(start()).resolves.toBeUndefined();
    await server.owner.query("delete from migrations where name = '9999_later'");
  });

  it('is refused on an older one, with where it is and what is needed', async () => {
    await server.owner.query("create table kept as select * from migrations where name >= '0011'");
    await server.owner.query("delete from migrations where name >= '0011'");
    await expect(start()).rejects.toThrow(ConfigFault);
    await expect(start()).rejects.toThrow(new RegExp(`at 0010_grants and this release needs ${newestMigration}`));
    await server.owner.query('insert into migrations select * from kept');
  });

  it('is refused where nobody migrated', async () => {
    await server.owner.query('alter table migrations rename to elsewhere');
    await expect(start()).rejects.toThrow(/not migrated/);
    await server.owner.query('alter table elsewhere rename to migrations');
  });

  it('is refused on a database of before services could read which migrations it has', async () => {
    await server.owner.query('revoke select on migrations from frontdesk_relay');
    await expect(start()).rejects.toThrow(/not migrated, or to an old version/);
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';

let postgres: TestDatabase;
beforeAll(async () => {
  postgres = await createTestDatabase();
});
afterAll(() => postgres.close());

const endConnections = () =>
  postgres.owner.query(`
    select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid()`);

describe('a transaction', () => {
  it('of which a statement failed is never taken for done, even when its work kept the error to itself', async () => {
    const { id: orgId } = await createTestClinic(postgres.owner);
    const kept = postgres.as('frontdesk_payments').inTenant(orgId, async (tx) => {
      await tx.$queryRaw`select 1 / 0`.catch(() => null);
      return 'done';
    });
    await expect(kept).rejects.toThrow(/nothing was committed/);
  });
});

describe('a connection that the server ends', () => {
  it.each(['between two statements', 'while a statement runs'])(
    '%s fails that transaction and no other',
    async (when) => {
      const { id: orgId } = await createTestClinic(postgres.owner);
      const database = postgres.as('frontdesk_payments');
      const cut = database.inTenant(orgId, async (tx) => {
        await tx.$queryRaw`select 1`;
        const running = when === 'while a statement runs' ? tx.$queryRaw`select pg_sleep(5)` : null;
        await endConnections();
        await running;
        await tx.$queryRaw`select 1`;
      });
      await expect(cut).rejects.toThrow(/terminat|connection|closed/i);
      const [row] = await database.inTenant(
        orgId,
        (tx) => tx.$queryRaw<{ id: string }[]>`select id from organizations`,
      );
      expect(row).toEqual({ id: orgId });
    },
  );
});

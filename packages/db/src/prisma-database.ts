import { PrismaPg } from '@prisma/adapter-pg';
import { poolConfig } from './connection.ts';
import type { DatabaseOptions } from './database.ts';
import { PrismaClient, type Prisma } from './generated/prisma/client.ts';
import { assertOrgId, type TenantDatabase } from './tenant-transaction.ts';
import { withheldMark } from './withheld-mark.ts';

/** A tenant transaction with Prisma's typed models. */
export type PrismaTransaction = Prisma.TransactionClient;

/** The database over Prisma: for what is rare and deserves typed rows, such as money and settings. */
export type PrismaDatabase = TenantDatabase<PrismaTransaction>;

export function createPrismaDatabase({ onCommit, ...options }: DatabaseOptions): PrismaDatabase {
  const prisma = new PrismaClient({
    adapter: new PrismaPg(poolConfig(options)),
    transactionOptions: { maxWait: 5_000, timeout: 15_000 },
  });
  return {
    async inTenant(orgId, work) {
      assertOrgId(orgId);
      const mark = withheldMark();
      const result = await prisma.$transaction(async (tx) => {
        await tx.$executeRaw`select set_config('app.org_ids', ${orgId}, true)`;
        if (mark !== null) await tx.$executeRaw`select set_config('app.replay', ${mark}, true)`;
        return work(tx);
      });
      onCommit?.();
      return result;
    },
    lookUp: (sql, ...values) => prisma.$queryRaw(sql, ...values),
    ping: async () => {
      await prisma.$queryRaw`select 1`;
    },
    close: () => prisma.$disconnect(),
  };
}

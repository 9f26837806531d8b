import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { ownershipMatrix } from './ownership.ts';
import { newestMigrationSource } from './newest-migration-source.ts';
import { prismaSchemaOf } from './prisma-schema.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await createTestDatabase();
});
afterAll(() => server.close());

const committed = (path: string) => readFile(new URL(path, import.meta.url), 'utf8');

describe('the migrated database', () => {
  it('is what the Prisma schema says', async () => {
    expect(await prismaSchemaOf(server.owner)).toBe(await committed('../prisma/schema.prisma'));
  });

  it('is at the migration that the services ask for at their start', async () => {
    expect(await newestMigrationSource(server.owner)).toBe(await committed('./newest-migration.ts'));
  });

  it('grants what the ownership matrix of the docs says', async () => {
    expect(await ownershipMatrix(server.owner)).toBe(await committed('../../../docs/ownership.md'));
  });
});

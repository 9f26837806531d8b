import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import { ownershipMatrix } from './ownership.ts';
import { newestMigrationSource } from './newest-migration-source.ts';
import { prismaSchemaOf } from './prisma-schema.ts';

// Writes what is made from the migrated database at DATABASE_ADMIN_URL: the Prisma schema, the ownership matrix and
// the name of the newest migration.
const client = new pg.Client({ connectionString: process.env['DATABASE_ADMIN_URL'] });
await client.connect();
try {
  await writeFile(new URL('../prisma/schema.prisma', import.meta.url), await prismaSchemaOf(client));
  await writeFile(new URL('./newest-migration.ts', import.meta.url), await newestMigrationSource(client));
  await writeFile(new URL('../../../docs/ownership.md', import.meta.url), await ownershipMatrix(client));
} finally {
  await client.end();
}

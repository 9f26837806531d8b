import { writeFile } from 'node:fs/promises';
import pg from 'pg';
import { prismaSchemaOf } from './prisma-schema.ts';

// Writes prisma/schema.prisma anew from the migrated database at DATABASE_ADMIN_URL.
const client = new pg.Client({ connectionString: process.env['DATABASE_ADMIN_URL'] });
await client.connect();
try {
  await writeFile(new URL('../prisma/schema.prisma', import.meta.url), await prismaSchemaOf(client));
} finally {
  await client.end();
}

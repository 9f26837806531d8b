import type pg from 'pg';
import { readSchemaVersion } from './assert-migrated.ts';

/** The file that tells the code which migration it needs, made from a migrated database. */
export async function newestMigrationSource(client: Pick<pg.Client, 'query'>): Promise<string> {
  const newest = await readSchemaVersion(client);
  return (
    '/** The migration that this code needs; written by `pnpm --filter @frontdesk/db from-database`. A newer database is fine. */\n' +
    `export const newestMigration = '${newest}';\n`
  );
}

import { ConfigFault } from '@frontdesk/kernel';
import pg from 'pg';
import { newestMigration } from './newest-migration.ts';

/** The number of a migration: `0012_telemetry` is 12. */
const numberOf = (name: string) => Number.parseInt(name, 10);

/** The newest migration of the database; null when it has none, or not yet the right to read which. */
export async function readSchemaVersion(pool: Pick<pg.Pool, 'query'>): Promise<string | null> {
  try {
    const { rows } = await pool.query<{ name: string }>('select name from migrations order by name desc limit 1');
    return rows[0]?.name ?? null;
  } catch (error) {
    const undefinedTable = '42P01';
    const insufficientPrivilege = '42501';
    const code = error instanceof pg.DatabaseError ? error.code : undefined;
    if (code === undefinedTable || code === insufficientPrivilege) return null;
    throw error;
  }
}

/** Whether a database with this newest migration has all that the code needs. */
export const isNewEnough = (version: string | null): boolean =>
  version !== null && numberOf(version) >= numberOf(newestMigration);

/**
 * Refuses a database that is older than the code. A newer one is fine: migrations run before the services that need them.
 * @throws ConfigFault that says where the database is and what is needed
 */
export async function assertMigrated(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  const version = await readSchemaVersion(pool);
  if (isNewEnough(version)) return;
  throw new ConfigFault(
    `the database is ${version === null ? 'not migrated, or to an old version' : `at ${version}`} and this release needs ` +
      `${newestMigration}: run the migrations first (they run before the services are rolled out)`,
  );
}

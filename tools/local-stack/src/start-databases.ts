import { migrate } from '@frontdesk/db/migrate';
import { migrateAlarms } from '@frontdesk/queue/migrate-alarms';
import pg from 'pg';
import type { ClinicDefinition } from '@frontdesk/clinics';
import { seedClinic } from './seed-clinic.ts';
import { seedWhatsApp } from './seed-whatsapp.ts';
import { startEmbeddedPostgres } from './embedded-postgres.ts';
import type { DatabaseAddresses } from './given-parts.ts';
import { localTokenKeys } from './service-environments.ts';

const databaseName = 'frontdesk';

export type RunningDatabase = DatabaseAddresses & { stop(): Promise<void> };

/** The given database, or a new one on an embedded server. It is not migrated yet. */
export async function startDatabase(given: DatabaseAddresses | undefined, durable: boolean): Promise<RunningDatabase> {
  if (given !== undefined) return { ...given, stop: async () => {} };
  const server = await startEmbeddedPostgres({ durable });
  try {
    await createWhenMissing(server.adminUrl('postgres'));
  } catch (error) {
    await server.stop();
    throw error;
  }
  return {
    adminUrl: server.adminUrl(databaseName),
    appUrl: server.appUrl(databaseName),
    operatorUrl: server.operatorUrl(databaseName),
    stop: () => server.stop(),
  };
}

async function createWhenMissing(serverUrl: string): Promise<void> {
  await asOwner(serverUrl, async (owner) => {
    const { rowCount } = await owner.query('select 1 from pg_database where datname = $1', [databaseName]);
    if (rowCount === 0) await owner.query(`create database ${databaseName}`);
  });
}

export async function migrateAll(addresses: DatabaseAddresses): Promise<void> {
  await migrate(addresses);
  await migrateAlarms(addresses.adminUrl);
}

export async function seedClinics(adminUrl: string, clinics: readonly ClinicDefinition[]): Promise<void> {
  await asOwner(adminUrl, async (owner) => {
    for (const clinic of clinics) {
      await seedClinic(owner, clinic, localTokenKeys);
      await seedWhatsApp(owner, clinic, localTokenKeys);
    }
  });
}

async function asOwner(url: string, work: (owner: pg.Client) => Promise<void>): Promise<void> {
  const owner = new pg.Client({ connectionString: url });
  await owner.connect();
  try {
    await work(owner);
  } finally {
    await owner.end();
  }
}

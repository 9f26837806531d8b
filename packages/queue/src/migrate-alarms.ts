import { createPostgresBackend, Queue } from 'bullmq';
import pg from 'pg';

const serviceRoles = 'frontdesk_conversation_worker, frontdesk_messaging_worker, frontdesk_payments';

/** Makes BullMQ's own schema, as the owner of the database. Running it again changes nothing. */
export async function migrateAlarms(adminUrl: string): Promise<void> {
  const queue = new Queue(
    'migration',
    { connection: { connectionString: adminUrl, migrate: true, max: 1 } },
    createPostgresBackend,
  );
  try {
    await queue.waitUntilReady();
  } finally {
    await queue.close();
  }
  const owner = new pg.Client({ connectionString: adminUrl });
  await owner.connect();
  try {
    await owner.query(`
      grant usage on schema bullmq to ${serviceRoles};
      grant select, insert, update, delete on all tables in schema bullmq to ${serviceRoles};
      grant usage on all sequences in schema bullmq to ${serviceRoles};
      grant execute on all functions in schema bullmq to ${serviceRoles};`);
  } finally {
    await owner.end();
  }
}

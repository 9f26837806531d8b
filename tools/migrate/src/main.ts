import { migrate } from '@frontdesk/db/migrate';
import { migrateAlarms } from '@frontdesk/queue/migrate-alarms';
import { createLogger } from '@frontdesk/runtime';
import { loadConfig } from './config.ts';
import { dropOldLogins } from './drop-old-logins.ts';
import { loginsOf, ownerUrl } from './logins.ts';

// The first process of a container dies of a signal only if it says so. What was begun is rolled back.
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, () => process.exit(1));

const config = await loadConfig();
const logger = createLogger({ service: 'migrate', level: config.LOG_LEVEL });
const adminUrl = ownerUrl(config);
const logins = loginsOf(config);
try {
  await migrate({ adminUrl, appUrl: config.DATABASE_URL, logins });
  await migrateAlarms(adminUrl);
  await dropOldLogins(adminUrl, logins);
  logger.info({}, 'the database is at the newest migration');
} catch (error) {
  logger.error({ error }, 'the database was not migrated');
  process.exitCode = 1;
}

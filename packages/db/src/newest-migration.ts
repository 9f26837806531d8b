/** The migration that this code needs; written by `pnpm --filter @frontdesk/db from-database`. A newer database is fine. */
export const newestMigration = '0036_campaigns_at_twilio';

/** The migration that this code needs; written by `pnpm --filter @frontdesk/db from-database`. A newer database is fine. */
export const newestMigration = '0032_withdrawals_by_any_address';

export { assertMigrated, isNewEnough, readSchemaVersion } from './assert-migrated.ts';
export { newestMigration } from './newest-migration.ts';
export { recordAudit, type AuditEntry } from './audit.ts';
export {
  assertBoundByRowLevelSecurity,
  createPool,
  keyLookUps,
  type ConnectionOptions,
  type DatabaseRole,
} from './connection.ts';
export { createDatabase, inTenants, transactionOn, type Database, type DatabaseOptions } from './database.ts';
export { isInInbox, recordInInbox } from './inbox.ts';
export { toDate, toInstant } from './instant.ts';
export {
  createOperatorDatabase,
  type OperatorDatabase,
  type OperatorDatabaseOptions,
  type OperatorTransaction,
} from './operator-database.ts';
export { appendEvent, outboxRow, outboxShards, shardOf, type NewEvent, type OutboxRow } from './outbox.ts';
export {
  createOwnerDatabase,
  type ExportedRow,
  type OwnerDatabase,
  type OwnerDatabaseOptions,
} from './owner-database.ts';
export { createPrismaDatabase, type PrismaDatabase, type PrismaTransaction } from './prisma-database.ts';
export type { TenantDatabase, TenantTransaction } from './tenant-transaction.ts';
export { untilRaceIsWon } from './until-race-is-won.ts';

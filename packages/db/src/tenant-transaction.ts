import { isId, type Id } from '@frontdesk/kernel';

/**
 * An open transaction that sees one clinic's rows. Values in the template become parameters, never SQL text.
 * Rows come as the driver gives them: `timestamptz` as Date, `bigint` as bigint, the rest as expected.
 * Both kinds of database offer it, so a statement that is written against it runs in either.
 */
export type TenantTransaction = {
  $queryRaw<Rows = unknown>(sql: TemplateStringsArray, ...values: readonly unknown[]): Promise<Rows>;
  /** Returns the number of rows written. */
  $executeRaw(sql: TemplateStringsArray, ...values: readonly unknown[]): Promise<number>;
};

/** Whatever opens tenant transactions. `Tx` is the plain one, or Prisma's with its typed models. */
export type TenantDatabase<Tx extends TenantTransaction = TenantTransaction> = {
  /** Runs `work` in one transaction that sees the rows of `orgId` alone. Call no provider inside: connections are few. */
  inTenant<T>(orgId: Id, work: (tx: Tx) => Promise<T>): Promise<T>;
  /** Calls one of the look-up functions of `migrations/0009_lookups.sql`, which see all clinics and answer only ids. */
  lookUp<Row>(sql: TemplateStringsArray, ...values: readonly unknown[]): Promise<Row[]>;
  /** Whether the database answers, as a login that row-level security binds. */
  ping(): Promise<void>;
  close(): Promise<void>;
};

/** @throws RangeError for what is no id, so that nothing else ever reaches the setting that row-level security reads */
export function assertOrgId(orgId: Id): void {
  if (!isId(orgId)) throw new RangeError('a tenant transaction needs the id of an organisation');
}

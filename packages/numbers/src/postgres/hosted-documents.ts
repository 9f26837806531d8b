import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

type Which = { orgId: Id; id: Id };
export type HostedDocuments = { loa: Uint8Array; bill: Uint8Array };

/** Keeps both documents until the carrier has them, in the place of any before. */
export async function keepDocuments(
  tx: TenantTransaction,
  { orgId, id, loa, bill, now }: Which & HostedDocuments & { now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`delete from hosted_documents where org_id = ${orgId}::uuid and order_id = ${id}::uuid`;
  await tx.$executeRaw`
    insert into hosted_documents (org_id, order_id, kind, bytes, created_at)
    values (${orgId}::uuid, ${id}::uuid, 'loa', ${loa}, ${toDate(now)}), (${orgId}::uuid, ${id}::uuid, 'bill', ${bill}, ${toDate(now)})`;
}

export type WaitingDocuments = HostedDocuments & { keptAt: Date };

/** The documents that the carrier is still to get. Null: there are none. */
export async function readDocuments(tx: TenantTransaction, { orgId, id }: Which): Promise<WaitingDocuments | null> {
  const rows = await tx.$queryRaw<{ kind: 'loa' | 'bill'; bytes: Buffer; created_at: Date }[]>`
    select kind, bytes, created_at from hosted_documents where org_id = ${orgId}::uuid and order_id = ${id}::uuid`;
  const loa = rows.find(({ kind }) => kind === 'loa');
  const bill = rows.find(({ kind }) => kind === 'bill');
  return loa === undefined || bill === undefined ? null : { loa: loa.bytes, bill: bill.bytes, keptAt: loa.created_at };
}

/** They are not needed any more. Newer ones, which came meanwhile, stay. */
export async function forgetDocuments(
  tx: TenantTransaction,
  { orgId, id, keptAt }: Which & { keptAt?: Date },
): Promise<void> {
  await tx.$executeRaw`
    delete from hosted_documents
    where org_id = ${orgId}::uuid and order_id = ${id}::uuid and created_at <= coalesce(${keptAt ?? null}::timestamptz, created_at)`;
}

export async function noteDocumentsSent(
  tx: TenantTransaction,
  { orgId, id }: Which,
  now: Temporal.Instant,
): Promise<void> {
  await tx.$executeRaw`
    update hosted_orders set documents_sent_at = ${toDate(now)} where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

import type { TenantTransaction } from '@frontdesk/db';
import { consentPage, type ConsentCursor, type ConsentFilter, type ConsentRecord } from '../postgres/consent-pages.ts';

export type InTenant = <T>(orgId: string, work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;

const pageSize = 500;

/** The ledger, oldest first, read page by page, each in a transaction of its own. */
export async function* consentHistory(
  inTenant: InTenant,
  filter: ConsentFilter,
  size = pageSize,
): AsyncGenerator<ConsentRecord, void, undefined> {
  const read = (after: ConsentCursor | null) =>
    inTenant(filter.orgId, (tx) => consentPage(tx, filter, { after, size }));
  for (let page = await read(null); ; page = await read(page.next)) {
    yield* page.records;
    if (page.next === null) return;
  }
}

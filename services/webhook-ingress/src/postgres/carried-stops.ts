import { consentLock } from '@frontdesk/messaging';
import type { Id } from '@frontdesk/kernel';
import type pg from 'pg';

/** Addresses that a person of the clinic has from now on, in place of those before. */
export type Renaming = { orgId: Id; before: readonly string[]; now: readonly string[] };

/**
 * Which new addresses a STOP holds for that was said by an address before, unless its new owner asked for texts since. Until the
 * commit nobody stops or resumes the texts of the former address.
 */
export async function addressesToStop(
  client: pg.ClientBase,
  renamings: readonly Renaming[],
): Promise<ReadonlySet<string>> {
  if (renamings.length === 0) return new Set();
  const pairs = renamings.flatMap(({ orgId, before, now }) =>
    before.flatMap((former) => now.map((address) => ({ orgId, former, address }))),
  );
  const lock = client.query({
    name: 'lock-former-addresses',
    text: `select pg_advisory_xact_lock(hashtextextended(key, 0)) from unnest($1::text[]) as key`,
    values: [[...new Set(pairs.map(({ orgId, former }) => consentLock({ orgId, phone: former })))].toSorted()],
  });
  const read = client.query<{ address: string }>({
    name: 'addresses-to-stop',
    text: `
      select distinct p.org_id || ':' || p.address as address
      from unnest($1::uuid[], $2::text[], $3::text[]) as p (org_id, former, address)
      left join opt_outs o on o.org_id = p.org_id and o.phone = p.former
      where (o.phone is not null or is_erased_opt_out(p.org_id, p.former))
        and not exists (select from consent_events e where e.org_id = p.org_id and e.phone = p.address and e.kind = 'opt-in'
          and e.occurred_at > coalesce(o.opted_out_at, '-infinity'))`,
    values: [pairs.map(({ orgId }) => orgId), pairs.map(({ former }) => former), pairs.map(({ address }) => address)],
  });
  const [, { rows }] = await Promise.all([lock, read]);
  return new Set(rows.map(({ address }) => address));
}

import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { BrandDetails } from '../../ports.ts';
import type { Brand } from '../../tendlc/brand.ts';
import { einDigits } from '../../tendlc/lint/identity.ts';

type Which = { orgId: Id; id: Id };
type Row = Omit<Brand, 'askedAt' | 'code' | 'createdAt' | 'stateAt' | 'details'> & {
  details: Omit<BrandDetails, 'ein'>;
  ein: string | null;
  askedAt: Date | null;
  codesSent: number;
  codeSentAt: Date | null;
  codeTries: number;
  codeConfirmedAt: Date | null;
  createdAt: Date;
  stateAt: Date;
};

/** The brand, kept from others until the transaction ends when `lock` says so. Null: the clinic has none of this id. */
export async function findBrand(
  tx: TenantTransaction,
  { orgId, id, lock = false }: Which & { lock?: boolean },
): Promise<Brand | null> {
  if (lock) {
    await tx.$queryRaw`select 1 from tendlc_brands where org_id = ${orgId}::uuid and id = ${id}::uuid for update`;
  }
  const [brand] = await read(tx, { orgId, id, before: null, atMost: 1 });
  return brand ?? null;
}

/** Newest first, from behind the brand `before`. */
export async function listBrands(
  tx: TenantTransaction,
  page: { orgId: Id; before: Id | null; atMost: number },
): Promise<Brand[]> {
  return read(tx, { ...page, id: null });
}

async function read(
  tx: TenantTransaction,
  { orgId, id, before, atMost }: { orgId: Id; id: Id | null; before: Id | null; atMost: number },
): Promise<Brand[]> {
  const rows = await tx.$queryRaw<Row[]>`
    select org_id as "orgId", id, state, details, ein, external_id as "externalId", identity, score, texts_per_day as "textsPerDay",
      reasons, insisted, revision, submitted_revision as "submittedRevision", asked_at as "askedAt", codes_sent as "codesSent",
      code_sent_at as "codeSentAt", code_tries as "codeTries", code_confirmed_at as "codeConfirmedAt", created_at as "createdAt",
      state_at as "stateAt", exists (select from organizations g where g.id = org_id and g.left_at is not null) as "clinicLeft"
    from tendlc_brands
    where org_id = ${orgId}::uuid and (${id}::uuid is null or id = ${id}::uuid)
      and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${atMost}::int`;
  return rows.map(brandOf);
}

export async function insertBrand(
  tx: TenantTransaction,
  { orgId, id, details: { ein, ...details }, now }: Which & { details: BrandDetails; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    insert into tendlc_brands (org_id, id, state, details, ein, created_at, state_at)
    values (${orgId}::uuid, ${id}::uuid, 'draft', ${JSON.stringify(details)}::jsonb, ${digitsOf(ein)}, ${toDate(now)}, ${toDate(now)})`;
}

/** Keeps other details; the registry has the older ones until they are submitted. */
export async function changeBrand(
  tx: TenantTransaction,
  { orgId, id, details: { ein, ...details } }: Which & { details: BrandDetails },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_brands set details = ${JSON.stringify(details)}::jsonb, ein = ${digitsOf(ein)}, revision = revision + 1
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

export async function markBrandSubmitted(
  tx: TenantTransaction,
  { orgId, id, insisted, now }: Which & { insisted: string | null; now: Temporal.Instant },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_brands set state = 'submitted', insisted = ${insisted}, reasons = '{}', state_at = ${toDate(now)},
      code_confirmed_at = null
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** Keeps that the registry is asked to take it in now: whoever looks next, after a crash or a lost answer, does not ask at once. Null: it did not. */
export async function markBrandAsked(
  tx: TenantTransaction,
  { orgId, id, at }: Which & { at: Temporal.Instant | null },
): Promise<void> {
  await tx.$executeRaw`
    update tendlc_brands set asked_at = ${at && toDate(at)}::timestamptz where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

export type SettledBrand = Pick<Brand, 'state' | 'externalId' | 'identity' | 'score' | 'textsPerDay' | 'reasons'> & {
  /** Its details were handed in just now, and not only asked about. */
  handedIn: boolean;
};

/** What the registry said of the details of this revision. False: they were changed meanwhile, and nothing is written. */
export async function settleBrand(
  tx: TenantTransaction,
  { orgId, id, revision }: Which & { revision: number },
  settled: SettledBrand,
  now: Temporal.Instant,
): Promise<boolean> {
  const { state, externalId, identity, score, textsPerDay, reasons, handedIn } = settled;
  const written = await tx.$executeRaw`
    update tendlc_brands set external_id = coalesce(${externalId}, external_id), identity = ${identity}, score = ${score}::smallint,
      texts_per_day = ${textsPerDay}::integer, reasons = ${[...reasons]}::text[], asked_at = null,
      submitted_revision = case when ${handedIn} then ${revision} else submitted_revision end,
      state_at = case when state = ${state} then state_at else ${toDate(now)} end, state = ${state}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and revision = ${revision} and state <> 'draft'`;
  return written === 1;
}

/** Whether the registry knows this EIN from another brand of the desk, whoever's it is. */
export async function isEinUsed(
  tx: TenantTransaction,
  { ein, butBrand }: { ein: string | null; butBrand: Id | null },
): Promise<boolean> {
  if (ein === null) return false;
  const [row] = await tx.$queryRaw<{ used: boolean }[]>`
    select tendlc_ein_is_used(${digitsOf(ein)}, ${butBrand}::uuid) as used`;
  return row?.used ?? false;
}

const digitsOf = (ein: string | null): string | null => (ein === null ? null : einDigits(ein));

const instant = (date: Date | null) => (date === null ? null : toInstant(date));

const brandOf = ({ details, ein, askedAt, createdAt, stateAt, ...columns }: Row): Brand => {
  const { codesSent: sent, codeSentAt, codeTries: tries, codeConfirmedAt, ...row } = columns;
  return {
    ...row,
    details: { ...details, ein },
    askedAt: instant(askedAt),
    code: { sent, sentAt: instant(codeSentAt), tries, confirmedAt: instant(codeConfirmedAt) },
    createdAt: toInstant(createdAt),
    stateAt: toInstant(stateAt),
  };
};

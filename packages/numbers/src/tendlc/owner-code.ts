import type { TenantTransaction } from '@frontdesk/db';
import { Declined, PermanentFailure, type Clock } from '@frontdesk/kernel';
import { codesPerDay, maySendCode, mayTryCode } from '../code-limits.ts';
import { orRefusal } from '../or-refusal.ts';
import type { CountCode, TenDlcRegistry } from '../ports.ts';
import { findBrand } from '../postgres/tendlc/brands.ts';
import {
  codesToMobile,
  countTry,
  lockBrandsOfMobile,
  noteCodeSent,
  noteConfirmed,
  takeBackCode,
} from '../postgres/tendlc/owner-codes.ts';
import { assertWithDesk, ringRegistration } from '../postgres/request-registration.ts';
import { isSoleProprietor, type Brand } from './brand.ts';
import { isConfirmed, isExpired } from './brand-words.ts';
import { audit, type Asked, type NotDone } from './hand-in.ts';

type Ports = {
  /** Transactions of the brand's clinic. */
  inTenant: <T>(work: (tx: TenantTransaction) => Promise<T>) => Promise<T>;
  registry: Pick<TenDlcRegistry, 'sendOwnerCode' | 'confirmOwnerCode'>;
  clock: Clock;
};
type Which = Omit<Asked, 'now'>;

/** Why no code is of use now; `verified`: the registry knows the owner already. */
type NotNow = Exclude<NotDone, { kind: 'findings' }> | { kind: 'verified' };

export type OwnerCodeSent =
  | NotNow
  | { kind: 'sent'; leftToday: number }
  | { kind: 'wait'; until: Temporal.Instant }
  | { kind: 'refused'; reason: string };

export type OwnerCodeConfirmed =
  | NotNow
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'expired' }
  | { kind: 'no-tries-left' }
  | { kind: 'no-code' }
  | { kind: 'refused'; reason: string };

const subject = 'tendlc_brand';

/** Has the registry text a code to the owner. It is counted before the registry is asked, by the phone that it goes to. */
export async function sendOwnerCode(
  { inTenant, registry, countCode, clock }: Ports & { countCode: CountCode },
  asked: Which,
): Promise<OwnerCodeSent> {
  const counted = await inTenant(async (tx) => {
    const now = clock();
    const found = await brandToVerify(tx, asked, now);
    if ('kind' in found) return found;
    const may = maySendCode(await codesToMobile(tx, { ...found, now }), now);
    if (may.kind === 'wait') return may;
    const phone = await countCode(found.mobile);
    if (phone.kind === 'wait') return phone;
    await noteCodeSent(tx, { ...asked, count: may.count, now });
    await audit(tx, { ...asked, now }, { subject, action: 'code sent' });
    return { kind: 'counted' as const, brand: found, count: may.count, at: now };
  });
  if (counted.kind !== 'counted') return counted;
  const { externalId, displayName, code } = counted.brand;
  // None came to the phone, so that none is waited for.
  const takeBack = () => inTenant((tx) => takeBackCode(tx, { ...asked, before: code, now: counted.at }));
  try {
    await registry.sendOwnerCode({ externalId, displayName });
  } catch (error) {
    if (error instanceof PermanentFailure || error instanceof Declined) await takeBack();
    if (error instanceof PermanentFailure) return { kind: 'refused', reason: error.message };
    throw error;
  }
  return { kind: 'sent', leftToday: codesPerDay - counted.count };
}

/** Gives the registry the code. Each try is counted before it is made, so that no code is found by trying them all. */
export async function confirmOwnerCode(
  { inTenant, registry, clock }: Ports,
  { code, ...asked }: Which & { code: string },
): Promise<OwnerCodeConfirmed> {
  const counted = await inTenant(async (tx) => {
    const now = clock();
    const found = await brandToVerify(tx, asked, now);
    if ('kind' in found) return found;
    if (isExpired(found.code, now)) return { kind: 'expired' as const };
    const may = mayTryCode(found.code);
    if (may.kind !== 'yes') return may;
    await countTry(tx, asked);
    return { kind: 'counted' as const, brand: found, triesLeft: may.triesLeft };
  });
  if (counted.kind !== 'counted') return counted;
  const said = await orRefusal(registry.confirmOwnerCode({ externalId: counted.brand.externalId, code }));
  if (said instanceof PermanentFailure) return { kind: 'refused', reason: said.message };
  if (said === 'expired') return { kind: 'expired' };
  if (said === 'rejected') return { kind: 'wrong', triesLeft: counted.triesLeft };
  await inTenant(async (tx) => {
    const { orgId, id } = asked;
    const now = clock();
    if (!(await noteConfirmed(tx, { orgId, id, now }))) return;
    // The worker reads what the registry says of the brand now.
    await ringRegistration(tx, { orgId, id, correlationId: id, now });
    await audit(tx, { ...asked, now }, { subject, action: 'code confirmed' });
  });
  return { kind: 'verified' };
}

type Verifiable = Pick<Brand, 'orgId' | 'code'> & { externalId: string; mobile: string; displayName: string };

/** The brand with all that share its owner's phone locked, so that two at once count one after the other. */
async function brandToVerify(
  tx: TenantTransaction,
  { orgId, id }: Which,
  now: Temporal.Instant,
): Promise<NotNow | Verifiable> {
  const seen = await findBrand(tx, { orgId, id });
  if (seen === null) return { kind: 'not-found' };
  if (!isSoleProprietor(seen.details)) return notNow('Only a sole proprietor is known by a code; this is a company.');
  await assertWithDesk(tx, orgId);
  await lockBrandsOfMobile(tx, { orgId, id });
  const brand = await findBrand(tx, { orgId, id });
  if (brand === null) return { kind: 'not-found' };
  const { externalId, state, code, details, revision, submittedRevision } = brand;
  if (state === 'verified' || isConfirmed(code, now)) return { kind: 'verified' };
  if (state === 'failed') return notNow('The registry has turned the brand away: mend it and submit it again first.');
  if (externalId === null || state === 'draft' || state === 'submitted') {
    return notNow('The registry does not have the brand yet: submit it, and ask again in some minutes.');
  }
  if (revision !== submittedRevision) return notNow('The brand was changed since: submit it first, as it is now.');
  const { mobilePhone: mobile, displayName } = details;
  if (mobile === null) return notNow('The brand names no mobile phone of the owner: add it and submit it again.');
  return { orgId, code, externalId, mobile, displayName };
}

const notNow = (words: string) => ({ kind: 'not-now' as const, words });

import type { TenantTransaction } from '@frontdesk/db';
import { consentOf, lastWithdrawal, lockConsent, writeMarketingConsent } from '../postgres/consent-store.ts';
import type { ConsentEvidence } from './consent.ts';

export type MarketingConsentEffect =
  | 'given'
  | 'withdrawn'
  | 'unchanged'
  | 'opted-out'
  | 'withdrawn-since'
  | 'without-wording';

/**
 * Records that a person agrees to marketing texts, or no longer does. Agreeing takes written words (47 CFR 64.1200(f)(9))
 * and a person who gets texts at all; withdrawing takes nothing. What was signed before a withdrawal is worth nothing after it,
 * however late somebody finds the paper.
 */
export async function recordMarketingConsent(
  tx: TenantTransaction,
  { agreed, ...evidence }: ConsentEvidence & { agreed: boolean },
): Promise<MarketingConsentEffect> {
  if (agreed && (evidence.wording === null || evidence.wording.trim() === '')) return 'without-wording';
  await lockConsent(tx, evidence);
  if (agreed) {
    if ((await consentOf(tx, evidence)).stoppedAt !== null) return 'opted-out';
    const withdrawnAt = await lastWithdrawal(tx, evidence);
    if (withdrawnAt !== null && Temporal.Instant.compare(evidence.at, withdrawnAt) < 0) return 'withdrawn-since';
  }
  const changed = await writeMarketingConsent(tx, evidence, agreed);
  if (!changed) return 'unchanged';
  return agreed ? 'given' : 'withdrawn';
}

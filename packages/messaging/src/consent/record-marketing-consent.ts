import type { TenantTransaction } from '@frontdesk/db';
import { consentOf, lockConsent, writeMarketingConsent } from '../postgres/consent-store.ts';
import type { ConsentEvidence } from './consent.ts';

export type MarketingConsentEffect = 'given' | 'withdrawn' | 'unchanged' | 'opted-out' | 'without-wording';

/**
 * Records that a person agrees to marketing texts, or no longer does. Agreeing takes written words (47 CFR 64.1200(f)(9))
 * and a person who gets texts at all; withdrawing takes nothing.
 */
export async function recordMarketingConsent(
  tx: TenantTransaction,
  { agreed, ...evidence }: ConsentEvidence & { agreed: boolean },
): Promise<MarketingConsentEffect> {
  if (agreed) {
    if (evidence.wording === null || evidence.wording.trim() === '') return 'without-wording';
    await lockConsent(tx, evidence);
    if ((await consentOf(tx, evidence)).stoppedAt !== null) return 'opted-out';
  }
  const changed = await writeMarketingConsent(tx, evidence, agreed);
  if (!changed) return 'unchanged';
  return agreed ? 'given' : 'withdrawn';
}

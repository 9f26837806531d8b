import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { carrierEvidence } from './carrier-evidence.ts';
import { recordMarketingConsent } from './record-marketing-consent.ts';

/** The carrier knew first that the person wants no more marketing of the clinic (Meta 131050). Other texts still leave. */
export async function recordCarrierMarketingStop(
  tx: TenantTransaction,
  text: { orgId: Id; messageId: Id },
  now: Temporal.Instant,
): Promise<void> {
  await recordMarketingConsent(tx, { agreed: false, ...(await carrierEvidence(tx, text, now)) });
}

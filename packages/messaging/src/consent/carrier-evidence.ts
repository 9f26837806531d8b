import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { actor } from '../postgres/actor.ts';
import { numbersOf } from '../postgres/consent-store.ts';
import type { ConsentEvidence } from './consent.ts';

/** What proves a wish that the carrier knew first, and told by refusing this text. */
export async function carrierEvidence(
  tx: TenantTransaction,
  { orgId, messageId }: { orgId: Id; messageId: Id },
  at: Temporal.Instant,
) {
  const { channel, from: clinicNumber, to: phone } = await numbersOf(tx, { orgId, messageId });
  return {
    orgId,
    phone,
    source: 'carrier',
    wording: null,
    channel,
    clinicNumber,
    inboundMessageId: null,
    recordedBy: actor,
    at,
  } as const satisfies ConsentEvidence;
}

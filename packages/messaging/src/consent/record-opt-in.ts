import type { TenantTransaction } from '@frontdesk/db';
import { writeOptIn } from '../postgres/consent-store.ts';
import type { ConsentEvidence, ConsentSource } from './consent.ts';

/** Who may say that a person wants texts again: a model may not. */
export type OptInEvidence = ConsentEvidence & { source: Exclude<ConsentSource, 'model'> };

/**
 * Texts may leave to this person again. A consent to marketing that an opt-out withdrew stays withdrawn: that takes a new one, in writing.
 * Returns whether texts were stopped until now.
 */
export function recordOptIn(tx: TenantTransaction, evidence: OptInEvidence): Promise<boolean> {
  return writeOptIn(tx, evidence, { evenIfKnown: evidence.source !== 'carrier' });
}

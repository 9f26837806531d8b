import type { TenantTransaction } from '@frontdesk/db';
import { writeOptOut } from '../postgres/consent-store.ts';
import type { ConsentEvidence } from './consent.ts';

/** What an opt-out changed. */
export type OptOutEffect = {
  /** Texts could leave until now. */
  stopped: boolean;
  /** There was a consent to marketing, which is withdrawn with it. */
  marketingWithdrawn: boolean;
};

/**
 * No text leaves to this person from now on, and the consent to marketing ends with it. Repeated words are evidence, too;
 * that a carrier repeats itself is not.
 */
export function recordOptOut(tx: TenantTransaction, evidence: ConsentEvidence): Promise<OptOutEffect> {
  return writeOptOut(tx, evidence, { evenIfKnown: evidence.source !== 'carrier' });
}

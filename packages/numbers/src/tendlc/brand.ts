import type { Id } from '@frontdesk/kernel';
import type { BrandDetails, BrandStanding } from '../ports.ts';

export const brandStates = [
  'draft',
  'submitted',
  'pending',
  'code-wanted',
  'verified',
  'unverified',
  'failed',
] as const;
export type BrandState = (typeof brandStates)[number];

/** The code that the registry texts to a sole proprietor's mobile phone. What it is stands nowhere. */
export type OwnerCode = {
  /** How many were sent within a day, the last one among them. */
  sent: number;
  sentAt: Temporal.Instant | null;
  /** Tries with the wrong one since. */
  tries: number;
  /** When the registry took it; its word for the brand may follow later. */
  confirmedAt: Temporal.Instant | null;
};

/** Who sends, as the registry knows or is to know it. */
export type Brand = {
  orgId: Id;
  id: Id;
  state: BrandState;
  details: BrandDetails;
  externalId: string | null;
  identity: string | null;
  score: number | null;
  textsPerDay: number | null;
  reasons: readonly string[];
  /** Why the owner submits it against the desk's advice. */
  insisted: string | null;
  /** How often the details were changed, and which of them the registry has. */
  revision: number;
  submittedRevision: number | null;
  /** When the registry was last asked to take it in, and did not say no. */
  askedAt: Temporal.Instant | null;
  code: OwnerCode;
  /** The clinic has left the desk: nothing is registered for it. */
  clinicLeft: boolean;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

export const isSoleProprietor = ({ entityType }: Pick<BrandDetails, 'entityType'>): boolean =>
  entityType === 'SOLE_PROPRIETOR';

/** What may be changed: nothing while the registry looks at it. While it waits for a code, the phone may be the wrong one. */
export const mayMendBrand = (state: BrandState): boolean => state !== 'submitted' && state !== 'pending';

/** What may be handed in: what the registry does not have, or not as it is now. */
export const maySubmitBrand = ({ state, externalId, revision, submittedRevision }: Brand): boolean =>
  mayMendBrand(state) && (externalId === null || revision > (submittedRevision ?? 0));

/** What the owner wants handed in and the registry does not have: a change that nobody submitted stays here. */
export const isToHandIn = ({
  state,
  revision,
  submittedRevision,
}: Pick<Brand, 'state' | 'revision' | 'submittedRevision'>): boolean =>
  state === 'submitted' && revision !== submittedRevision;

/**
 * Our word for the registry's. UNVERIFIED: what it calls a sole proprietor who has not given the code from their phone yet; Telnyx's
 * troubleshooting page says SELF_DECLARED, Twilio's error 30752 the word for a company that was not found. Here both want the code.
 */
export function brandStateOf(
  { status, identity }: BrandStanding,
  entityType: BrandDetails['entityType'],
): Exclude<BrandState, 'draft' | 'submitted'> {
  if (status !== 'ok') return status;
  if (identity === 'VERIFIED' || identity === 'VETTED_VERIFIED') return 'verified';
  if (isSoleProprietor({ entityType })) return 'code-wanted';
  return identity === null || identity === 'SELF_DECLARED' ? 'pending' : 'unverified';
}

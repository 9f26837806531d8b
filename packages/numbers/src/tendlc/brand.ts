import type { Id } from '@frontdesk/kernel';
import type { BrandDetails, BrandStanding } from '../ports.ts';

export const brandStates = ['draft', 'submitted', 'pending', 'verified', 'unverified', 'failed'] as const;
export type BrandState = (typeof brandStates)[number];

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
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

/** What may be changed: nothing while somebody looks at it. */
export const mayMendBrand = (state: BrandState): boolean => state !== 'submitted' && state !== 'pending';

/** What may be handed in: what the registry does not have, or not as it is now. */
export const maySubmitBrand = ({ state, externalId, revision, submittedRevision }: Brand): boolean =>
  mayMendBrand(state) && (externalId === null || revision > (submittedRevision ?? 0));

/** Our word for the registry's. SELF_DECLARED is a sole proprietor who has not given the code from their phone yet. */
export function brandStateOf({ status, identity }: BrandStanding): Exclude<BrandState, 'draft' | 'submitted'> {
  if (status !== 'ok') return status;
  if (identity === null || identity === 'SELF_DECLARED') return 'pending';
  return identity === 'VERIFIED' || identity === 'VETTED_VERIFIED' ? 'verified' : 'unverified';
}

type Told = { words: string; next: string; usually: string | null };

/** Where a brand is, for the owner of the clinic. */
export const brandWords: Readonly<Record<BrandState, Told>> = {
  draft: {
    words: 'The brand is a draft; nobody has seen it.',
    next: 'Check it and submit it.',
    usually: null,
  },
  submitted: {
    words: 'The brand is on its way to the registry.',
    next: 'Nothing to do.',
    usually: 'minutes',
  },
  pending: {
    words: 'The registry compares the brand with the registers of companies.',
    next: 'Nothing to do. A sole proprietor asks the support of Telnyx for the code that is texted to their phone, and gives it to them.',
    usually: 'minutes to one business day',
  },
  verified: {
    words: 'The registry knows who the clinic is.',
    next: 'Submit a campaign, if there is none.',
    usually: null,
  },
  unverified: {
    words: 'The registry could not confirm who the clinic is; no campaign can be submitted.',
    next: 'Compare legal name, EIN and address with the letter of the tax office, change what differs, and submit it again.',
    usually: null,
  },
  failed: {
    words: 'The registry has turned the brand away.',
    next: 'Change what the reasons name, and submit it again.',
    usually: null,
  },
};

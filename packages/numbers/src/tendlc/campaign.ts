import type { Id } from '@frontdesk/kernel';
import type { CampaignDetails } from '../ports.ts';

export const campaignStates = [
  'draft',
  'submitted',
  'in-review',
  'carrier-review',
  'live',
  'rejected',
  'suspended',
  'expired',
] as const;
export type CampaignState = (typeof campaignStates)[number];

/** What the clinic texts, and how people agreed to it. */
export type Campaign = {
  orgId: Id;
  id: Id;
  brandId: Id;
  state: CampaignState;
  details: CampaignDetails;
  externalId: string | null;
  /** The registry's word. */
  status: string | null;
  textsPerMinute: number | null;
  reasons: readonly string[];
  insisted: string | null;
  /** What the reviewers are still to be told of what was mended. */
  appeal: string | null;
  /** How often the details were changed, which of them the owner wants there, and which the registry has. */
  revision: number;
  wantedRevision: number | null;
  submittedRevision: number | null;
  /** Which of them the registry would not take in place of those that it has. */
  refusedRevision: number | null;
  /** When the registry was last asked to take it in, and did not say no. */
  askedAt: Temporal.Instant | null;
  /** The clinic has left the desk: the registry is to have it no more. */
  clinicLeft: boolean;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

/** What the registry lets be changed of a campaign that it has; everything else needs a new one. */
const mendable: ReadonlySet<keyof CampaignDetails> = new Set(['messageFlow', 'samples', 'helpMessage']);

/** The fields that differ and that the registry does not let be changed. */
export function fixedFieldsChanged(before: CampaignDetails, after: CampaignDetails): (keyof CampaignDetails)[] {
  const fields = Object.keys(after) as (keyof CampaignDetails)[]; // parsed by the schema of the type
  return fields.filter(
    (field) => !mendable.has(field) && JSON.stringify(before[field]) !== JSON.stringify(after[field]),
  );
}

/** Nothing is changed while somebody looks at it; a campaign that ended stays as it was. */
export const mayMendCampaign = (state: CampaignState): boolean =>
  state === 'draft' || state === 'rejected' || state === 'live';

/** A campaign that never came to the registry, or which it closed for good, is handed in as a new one. */
export const isClosedForGood = ({ status, state }: Pick<Campaign, 'status' | 'state'>): boolean =>
  status === 'TCR_FAILED' || state === 'expired';

/** Carriers take no texts of it any more, if they ever did. */
export const isClosed = (state: CampaignState): boolean =>
  state === 'rejected' || state === 'suspended' || state === 'expired';

export const maySubmitCampaign = (campaign: Campaign): boolean => {
  const { state, revision, submittedRevision } = campaign;
  if (isClosedForGood(campaign)) return false;
  return state === 'draft' || state === 'rejected' || (state === 'live' && revision > (submittedRevision ?? 0));
};

/** What the owner wants handed in and the registry does not have: a change that nobody submitted stays here. */
export const isToHandIn = ({ state, revision, wantedRevision, submittedRevision }: Campaign): boolean =>
  revision !== submittedRevision && (state === 'submitted' || wantedRevision === revision);

export type Told = { words: string; next: string; usually: string | null };

/** Where a campaign is, for the owner of the clinic. */
export const campaignWords: Readonly<Record<CampaignState, Told>> = {
  draft: {
    words: 'The campaign is a draft; nobody has seen it.',
    next: 'Check it and submit it.',
    usually: null,
  },
  submitted: {
    words: 'The campaign is on its way to the registry, or waits for the brand to be verified.',
    next: 'Nothing to do, once the brand is verified.',
    usually: 'minutes',
  },
  'in-review': {
    words: 'The registry and Telnyx read the campaign.',
    next: 'Nothing to do.',
    usually: 'one to seven business days',
  },
  'carrier-review': {
    words: 'The carriers look at the campaign and set it up.',
    next: 'Nothing to do.',
    usually: 'one to three business days',
  },
  live: {
    words: 'The carriers take its texts.',
    next: 'Add the clinic’s numbers, if they are not in it.',
    usually: null,
  },
  rejected: {
    words: 'The reviewers have turned the campaign away.',
    next: 'Change what the reasons name, and submit it again; it costs no second fee.',
    usually: null,
  },
  suspended: {
    words: 'The registry has suspended the campaign; carriers refuse its texts.',
    next: 'Ask the support of Telnyx why, and mend it.',
    usually: null,
  },
  expired: {
    words: 'The campaign has expired; carriers refuse its texts.',
    next: 'Make a new campaign with these details, and add the numbers to it: they leave this one by that.',
    usually: null,
  },
};

import { campaignWords, type Campaign, type CampaignState, type Told } from './campaign.ts';

/** `next`: what people do about it, where it is something else than in other cases of its state. */
type Standing = { state: Exclude<CampaignState, 'draft' | 'submitted'>; words: string; next?: string };

/** Every status that the registry has, in the order of the way: only MNO_PROVISIONED opens traffic. */
export const campaignStatuses: Readonly<Record<string, Standing>> = {
  TCR_PENDING: { state: 'in-review', words: 'The registry is taking it in.' },
  TCR_ACCEPTED: { state: 'in-review', words: 'The registry has it; Telnyx reads it.' },
  TCR_FAILED: {
    state: 'rejected',
    words: 'The registry has turned it away and closed it.',
    next: 'Make a new campaign with its details, mended.',
  },
  TCR_SUSPENDED: { state: 'suspended', words: 'The registry has suspended it.' },
  TCR_EXPIRED: { state: 'expired', words: 'Its time at the registry is over, or somebody has ended it there.' },
  TELNYX_ACCEPTED: { state: 'carrier-review', words: 'Telnyx has accepted it; the carriers are next.' },
  TELNYX_FAILED: { state: 'rejected', words: 'The reviewers of Telnyx have turned it away.' },
  MNO_PENDING: { state: 'carrier-review', words: 'The carriers read it.' },
  MNO_ACCEPTED: { state: 'carrier-review', words: 'The carriers have accepted it and set it up.' },
  MNO_REJECTED: { state: 'rejected', words: 'A carrier has turned it away.' },
  MNO_PROVISIONED: { state: 'live', words: 'The carriers take its texts.' },
  MNO_PROVISIONING_FAILED: {
    state: 'carrier-review',
    words: 'A carrier could not set it up.',
    next: 'Ask the support of Telnyx to start its setting up again.',
  },
};

/** What the registry's word means. One that is new counts as still being looked at. */
export const campaignStandingOf = (status: string): Standing =>
  campaignStatuses[status] ?? { state: 'in-review', words: `The registry says ${status}.` };

type Explained = Pick<Campaign, 'state' | 'status'> & Partial<Pick<Campaign, 'revision' | 'refusedRevision'>>;

/** Where a campaign is, for the owner of the clinic: in the registry's last word, unless something was submitted since. */
export function explainCampaign({ state, status, revision, refusedRevision = null }: Explained): Told {
  if (state === 'live' && refusedRevision !== null && refusedRevision === revision) return refusedChange;
  const told = campaignWords[state];
  const standing = status === null || state === 'submitted' ? null : campaignStandingOf(status);
  if (standing === null || standing.state !== state) return told;
  const { words, next = told.next } = standing;
  return { words, next, usually: standing.next === undefined ? told.usually : null };
}

/** What becomes of texts while the campaign of their number is closed. */
export const whileClosed =
  'Until carriers take texts again, reminders and follow-ups from its numbers wait, and leave if their time has not passed; answers do not leave, and staff have a task for each.';

const refusedChange: Told = {
  words: 'The carriers take its texts as they know it: the registry has refused the change.',
  next: 'Change what the reasons name, and submit it again; it costs no second fee.',
  usually: null,
};

/** Those of which the reviewers can be asked to look again. */
export const mayAppeal = (status: string): boolean => status === 'TELNYX_FAILED' || status === 'MNO_REJECTED';

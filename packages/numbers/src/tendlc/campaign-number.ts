import type { Id, PhoneNumber } from '@frontdesk/kernel';

export type CampaignNumberState = 'pending' | 'added' | 'failed' | 'removed';

/** A number in a campaign, or on its way there or out of it. */
export type CampaignNumber = {
  orgId: Id;
  id: Id;
  campaignId: Id;
  number: PhoneNumber;
  wanted: 'in' | 'out';
  state: CampaignNumberState;
  reason: string | null;
  /** When the registry was asked for it; what it said before that is about an older wish. */
  askedAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

import type { TenantTransaction } from '@frontdesk/db';
import { newId, present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import {
  campaignNumbers,
  insertCampaignNumber,
  leaveCampaign,
  reviveCampaignNumber,
  wantCampaignNumber,
} from '../postgres/tendlc/campaign-numbers.ts';
import { findCampaign } from '../postgres/tendlc/campaigns.ts';
import { carrierOfNumber } from '../postgres/tendlc/facts-of-clinic.ts';
import { isClosedForGood } from './campaign.ts';
import type { CampaignNumber } from './campaign-number.ts';
import { isAbroad, isTollFree } from './kind-of-number.ts';
import { askWorker, audit, type Asked, type NotDone } from './hand-in.ts';
import { lockCampaign } from './lock-campaign.ts';

const subject = 'tendlc_number';

type OfCampaign = Omit<Asked, 'id'> & { campaignId: string; number: PhoneNumber };
/** - no-such-number: the clinic does not have it. wrong-kind: it cannot be in a campaign; `words` say why. */
export type NumberNotDone = NotDone | { kind: 'no-such-number' } | { kind: 'wrong-kind'; words: string };
export type NumberDone = { kind: 'done'; link: CampaignNumber };

/** Wants a number of the clinic in the campaign. It goes there once the campaign is live. */
export async function addNumberToCampaign(
  tx: TenantTransaction,
  asked: OfCampaign,
): Promise<NumberDone | NumberNotDone> {
  const { orgId, campaignId, number, now } = asked;
  const campaign = await lockCampaign(tx, { orgId, id: campaignId });
  if (campaign === null) return { kind: 'not-found' };
  const carrier = await carrierOfNumber(tx, { orgId, number });
  if (carrier === null) return { kind: 'no-such-number' };
  if (isTollFree(number))
    return { kind: 'wrong-kind', words: 'a toll-free number is verified by itself, without a campaign' };
  if (isAbroad(number))
    return { kind: 'wrong-kind', words: 'a number of this country needs no campaign; its own rules hold for it' };
  if (carrier !== 'telnyx') return { kind: 'wrong-kind', words: 'it is a number at Twilio, which is registered there' };
  if (campaign.state === 'expired') return { kind: 'not-now', words: 'The campaign has expired: use another.' };
  const links = await campaignNumbers(tx, { orgId });
  const linked = links.find((link) => link.number === number);
  const isElsewhere = linked !== undefined && linked.campaignId !== campaignId;
  if (isElsewhere && !(await isOver(tx, linked))) {
    return { kind: 'not-now', words: 'The number is in another campaign: remove it there first.' };
  }
  const before = isElsewhere ? undefined : linked;
  if (before !== undefined && before.wanted === 'in' && before.state !== 'failed')
    return { kind: 'done', link: before };
  if (
    campaign.details.usecase === 'SOLE_PROPRIETOR' &&
    links.some((link) => isIn(link, campaign.id) && link !== before)
  ) {
    return {
      kind: 'not-now',
      words: 'The campaign of a sole proprietor takes one number: remove the one that is in it.',
    };
  }
  if (isElsewhere) await leaveCampaign(tx, { orgId, id: linked.id, now });
  const known = before?.id ?? (await reviveCampaignNumber(tx, asked));
  const id = known ?? newId();
  if (before !== undefined) await wantCampaignNumber(tx, { orgId, id, wanted: 'in', now });
  else if (known === null) await insertCampaignNumber(tx, { orgId, id, campaignId, number, now });
  return acted(tx, { ...asked, id, action: 'wanted in' });
}

/** Of a campaign that is over nothing has to be taken out at the registry. */
async function isOver(tx: TenantTransaction, { orgId, campaignId }: CampaignNumber): Promise<boolean> {
  const campaign = await findCampaign(tx, { orgId, id: campaignId });
  return campaign !== null && isClosedForGood(campaign);
}

/** In the campaign, or on its way there: one that the registry refused takes no place. */
const isIn = ({ campaignId, wanted, state }: CampaignNumber, id: Id): boolean =>
  campaignId === id && wanted === 'in' && state !== 'failed';

/** Wants a number out of the campaign. */
export async function removeNumberFromCampaign(
  tx: TenantTransaction,
  asked: OfCampaign,
): Promise<NumberDone | NumberNotDone> {
  const { orgId, campaignId, number, now } = asked;
  const campaign = await lockCampaign(tx, { orgId, id: campaignId });
  if (campaign === null) return { kind: 'not-found' };
  const link = (await campaignNumbers(tx, { orgId, campaignId })).find((each) => each.number === number);
  if (link === undefined) return { kind: 'no-such-number' };
  if (link.wanted === 'out') return { kind: 'done', link };
  await wantCampaignNumber(tx, { orgId, id: link.id, wanted: 'out', now });
  return acted(tx, { ...asked, id: link.id, action: 'wanted out' });
}

async function acted(tx: TenantTransaction, asked: OfCampaign & { id: string; action: string }): Promise<NumberDone> {
  const { orgId, campaignId, id, action } = asked;
  await askWorker(tx, { ...asked, subject: 'tendlc-number' });
  await audit(tx, asked, { subject, action, details: { campaign: campaignId } });
  const link = (await campaignNumbers(tx, { orgId, campaignId })).find((each) => each.id === id);
  return { kind: 'done', link: present(link, 'the number just written') };
}

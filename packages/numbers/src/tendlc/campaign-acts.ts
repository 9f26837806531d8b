import type { TenantTransaction } from '@frontdesk/db';
import { present, type Id } from '@frontdesk/kernel';
import type { CampaignDetails } from '../ports.ts';
import { findBrand } from '../postgres/tendlc/brands.ts';
import {
  changeCampaign,
  findCampaign,
  insertCampaign,
  listCampaigns,
  markCampaignSubmitted,
} from '../postgres/tendlc/campaigns.ts';
import { isSoleProprietor, type Brand } from './brand.ts';
import {
  fixedFieldsChanged,
  isClosedForGood,
  isToHandIn,
  mayMendCampaign,
  maySubmitCampaign,
  type Campaign,
} from './campaign.ts';
import { findingsOfCampaign, type ContentOf } from './findings.ts';
import { askWorker, audit, blocks, type Asked, type NotDone } from './hand-in.ts';
import type { Finding } from './lint/lint.ts';
import { lockCampaign } from './lock-campaign.ts';

const subject = 'tendlc_campaign';

export type CampaignDone = { kind: 'done'; campaign: Campaign; brand: Brand; findings: readonly Finding[] };

/** Fields that the registry does not let be changed once it has the campaign. */
export type Fixed = { kind: 'fixed-fields'; fields: readonly (keyof CampaignDetails)[] };

/** Keeps a draft, with what registry and carriers would say to it. */
export async function draftCampaign(
  tx: TenantTransaction,
  asked: Asked & { brandId: Id; details: CampaignDetails; contentOf: ContentOf },
): Promise<CampaignDone | NotDone> {
  if ((await findBrand(tx, { orgId: asked.orgId, id: asked.brandId })) === null) return { kind: 'not-found' };
  await insertCampaign(tx, asked);
  await audit(tx, asked, { subject, action: 'drafted' });
  return done(tx, asked);
}

/** Keeps other details. What the registry has changes when they are submitted. */
export async function mendCampaign(
  tx: TenantTransaction,
  asked: Asked & { details: CampaignDetails; contentOf: ContentOf },
): Promise<CampaignDone | NotDone | Fixed> {
  const campaign = await lockCampaign(tx, asked);
  if (campaign === null) return { kind: 'not-found' };
  if (isClosedForGood(campaign)) return { kind: 'not-now', words: closedWords };
  if (!mayMendCampaign(campaign.state) || isToHandIn(campaign)) {
    return { kind: 'not-now', words: 'Registry or carriers are looking at it: wait for their word.' };
  }
  const fixed = campaign.externalId === null ? [] : fixedFieldsChanged(campaign.details, asked.details);
  if (fixed.length > 0) return { kind: 'fixed-fields', fields: fixed };
  await changeCampaign(tx, asked);
  await audit(tx, asked, { subject, action: 'changed' });
  return done(tx, asked);
}

/** Hands a campaign in, or what was mended of it with a word for the reviewers. It waits for its brand to be verified. */
export async function submitCampaign(
  tx: TenantTransaction,
  asked: Asked & { insisted: string | null; appeal: string | null; contentOf: ContentOf },
): Promise<CampaignDone | NotDone> {
  const campaign = await lockCampaign(tx, asked);
  if (campaign === null) return { kind: 'not-found' };
  if (isClosedForGood(campaign)) return { kind: 'not-now', words: closedWords };
  if (!maySubmitCampaign(campaign)) {
    return {
      kind: 'not-now',
      words: 'It has been submitted as it is: wait for the registry’s word, or change it first.',
    };
  }
  const { findings, brand } = await done(tx, asked);
  if (blocks(findings, asked.insisted)) return { kind: 'findings', findings };
  if (brand.state === 'draft') return { kind: 'not-now', words: 'Submit its brand first.' };
  if (brand.state === 'code-wanted') {
    return {
      kind: 'not-now',
      words: 'The registry takes it once it knows the owner: have the code of its brand sent and enter it first.',
    };
  }
  if (isSoleProprietor(brand.details) && (await hasAnother(tx, campaign))) {
    return {
      kind: 'not-now',
      words: 'The registry takes one campaign of a sole proprietor: change and submit the one that it has.',
    };
  }
  const again = campaign.externalId !== null && campaign.state === 'rejected';
  const appeal = again ? (asked.appeal ?? 'What the reviewers named has been mended; please look again.') : null;
  await markCampaignSubmitted(tx, { ...asked, appeal });
  await askWorker(tx, { ...asked, subject: 'tendlc-campaign' });
  const codes = findings.map(({ code }) => code);
  await audit(tx, asked, {
    subject,
    action: 'submitted',
    details: { insisted: asked.insisted !== null, findings: codes },
  });
  return done(tx, asked);
}

/** Whether the registry has another campaign of the brand, or is to get one. */
async function hasAnother(tx: TenantTransaction, { orgId, id, brandId }: Campaign): Promise<boolean> {
  const campaigns = await listCampaigns(tx, { orgId, brandId, before: null, atMost: 100 });
  return campaigns.some((other) => other.id !== id && other.state !== 'draft' && !isClosedForGood(other));
}

const closedWords = 'The registry has closed this campaign for good: make a new one with these details, mended.';

async function done(
  tx: TenantTransaction,
  { orgId, id, contentOf, now }: Pick<Asked, 'orgId' | 'id' | 'now'> & { contentOf: ContentOf },
): Promise<CampaignDone> {
  const campaign = present(await findCampaign(tx, { orgId, id }), 'the campaign just written');
  const brand = present(await findBrand(tx, { orgId, id: campaign.brandId }), 'the brand of the campaign');
  const { details } = campaign;
  const findings = await findingsOfCampaign(tx, { orgId, brand: brand.details, details, contentOf, now });
  return { kind: 'done', campaign, brand, findings };
}

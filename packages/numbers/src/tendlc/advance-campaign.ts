import type { TenantTransaction } from '@frontdesk/db';
import { pollAfter } from '../poll-after.ts';
import type { CampaignStanding } from '../ports.ts';
import { keepExternalId } from '../postgres/external-ids.ts';
import { findBrand } from '../postgres/tendlc/brands.ts';
import { findCampaign, markCampaignAsked, settleCampaign, type SettledCampaign } from '../postgres/tendlc/campaigns.ts';
import { shareThroughput, textsWaitFor } from '../postgres/tendlc/share-throughput.ts';
import { ringWaitingNumbers } from '../postgres/tendlc/waiting.ts';
import type { Advance, ProviderNews, Registration } from '../registration.ts';
import { campaignStandingOf, explainCampaign, mayAppeal, whileClosed } from './campaign-status.ts';
import { isClosed, isClosedForGood, isToHandIn, type Campaign } from './campaign.ts';
import { makeEndCampaign } from './end-campaign.ts';
import { joinWhatWasBought } from './join-only-campaign.ts';
import { explainCampaignReasons, inOneLine } from './reason-hints.ts';
import { ask, findOrSubmit, noteMove, readKnown, standingLook, type Heard, type TenDlcPorts } from './registry-hand.ts';

/** `handedIn`: what came of the details that were handed in with the question. */
type HeardOfCampaign = Heard<CampaignStanding> & Pick<SettledCampaign, 'handedIn'>;

/** Hands a campaign in once its brand is verified, hands in what was mended, and keeps what the registry says of it. */
export function makeAdvanceCampaign(ports: TenDlcPorts): Advance {
  const { inTenant, registry, openTask, closeTasks, clock } = ports;
  const end = makeEndCampaign(ports);

  async function hear(looked: Registration, campaign: Campaign, brandExternalId: string): Promise<HeardOfCampaign> {
    const { orgId, id: reference, details, externalId, askedAt } = campaign;
    if (externalId === null) {
      const now = clock();
      const heard = await findOrSubmit(
        { ...looked, askedAt, now },
        {
          find: () => registry.findCampaign({ reference, brandExternalId }),
          noteAsked: (at) => inTenant(orgId, (tx) => markCampaignAsked(tx, { orgId, id: reference, at })),
          submit: () => registry.submitCampaign({ reference, brandExternalId, details }),
        },
      );
      return { ...heard, handedIn: heard.standing === null ? 'refused' : 'taken' };
    }
    const read = () => readKnown(looked, () => registry.readCampaign(externalId));
    if (!isToHandIn(campaign)) {
      const heard = await appealed(externalId, campaign.appeal, { standing: await read(), no: null });
      return { ...heard, handedIn: null };
    }
    const changed = await ask(() => registry.updateCampaign({ externalId, details }), read);
    if (changed.no !== null) return { ...changed, handedIn: 'refused' };
    return { ...(await appealed(externalId, campaign.appeal, changed)), handedIn: 'taken' };
  }

  /** Asks the reviewers to look again, unless they do already: an earlier try, or the change itself, may have led to it. */
  async function appealed(
    externalId: string,
    reason: string | null,
    heard: Heard<CampaignStanding>,
  ): Promise<Heard<CampaignStanding>> {
    if (reason === null || heard.standing === null || !mayAppeal(heard.standing.status)) return heard;
    const read = () => registry.readCampaign(externalId);
    return ask(async () => {
      await registry.appealCampaign({ externalId, reason });
      return read();
    }, read);
  }

  return async (looked) => {
    const { orgId, id, news } = looked;
    const found = await inTenant(orgId, async (tx) => {
      const campaign = await findCampaign(tx, { orgId, id });
      return campaign && { campaign, brand: await findBrand(tx, { orgId, id: campaign.brandId }) };
    });
    if (found === null || found.brand === null) return { at: null };
    if (found.campaign.clinicLeft) return end(found.campaign, found.brand);
    if (found.campaign.state === 'draft') return { at: null };
    const { campaign, brand } = found;
    // The brand rings when it is verified.
    if (campaign.externalId === null && (brand.externalId === null || brand.state !== 'verified')) return { at: null };
    const heard = await hear(looked, campaign, brand.externalId ?? '');
    const settled = settledCampaign(campaign, heard, news);
    const now = clock();
    const written = await inTenant(orgId, async (tx) => {
      const holder = await findBrand(tx, { orgId, id: brand.id, lock: true });
      const before = await findCampaign(tx, { orgId, id });
      if (holder === null || before === null || !(await settleCampaign(tx, campaign, settled, now))) return false;
      if (settled.externalId !== null) await keepExternalId(tx, { orgId, id, externalId: settled.externalId });
      await shareThroughput(tx, { orgId, brandId: holder.id, score: holder.score });
      if (settled.state === 'live') {
        await joinWhatWasBought(tx, { orgId, id, now });
        await ringWaitingNumbers(tx, { orgId, campaignId: id, now });
      }
      const isStuck = isStuckAt(settled) && before.status !== settled.status;
      if (before.state === settled.state && heard.no === null && heard.handedIn === null && !isStuck) return true;
      await noteMove(tx, { orgId, id, subject: 'tendlc_campaign', state: settled.state, now });
      await tell(tx, { campaign, settled, now });
      return true;
    });
    if (!written) return { at: now };
    return { at: heard.standing === null ? null : nextLook(campaign, settled, now) };
  };

  /** What staff heard of it before is no more: the newest word counts. */
  async function tell(
    tx: TenantTransaction,
    { campaign, settled, now }: { campaign: Campaign; settled: SettledCampaign; now: Temporal.Instant },
  ): Promise<void> {
    const { orgId, id } = campaign;
    const { state, reasons, handedIn } = settled;
    const { revision, refusedRevision } = campaign;
    const causes = `tendlc-campaign:${id}:`;
    await closeTasks(tx, { orgId, causes, now });
    if (!isClosed(state) && !isStuckAt(settled) && reasons.length === 0) return;
    const refused = handedIn === null ? refusedRevision : handedIn === 'refused' ? revision : null;
    const { words, next } = explainCampaign({ ...settled, revision, refusedRevision: refused });
    const why = reasons.length === 0 ? '' : ` ${inOneLine(explainCampaignReasons(reasons))}`;
    const causeKey = `${causes}${state}:${now.epochMilliseconds}`;
    const meanwhile = (await textsWaitFor(tx, { orgId, campaignId: id })) ? ` ${whileClosed}` : '';
    await openTask(tx, { orgId, causeKey, reason: `${words}${why} ${next}${meanwhile}`, now });
  }
}

const isStuckAt = ({ status }: Pick<SettledCampaign, 'status'>): boolean =>
  status !== null && campaignStandingOf(status).next !== undefined;

function settledCampaign(
  campaign: Campaign,
  { standing, no, handedIn }: HeardOfCampaign,
  news: ProviderNews | null,
): SettledCampaign {
  const refused = no === null ? [] : [no];
  const done = { appeal: null, handedIn };
  if (standing === null) {
    const { externalId, status } = campaign;
    if (externalId === null) return { state: 'rejected', externalId, status, reasons: refused, ...done };
    const reasons = ['The registry no longer has this campaign.'];
    return { state: 'expired', externalId, status, reasons, ...done };
  }
  const { externalId, status } = standing;
  const { state } = campaignStandingOf(status);
  const told = standing.reasons.length > 0 ? standing.reasons : (news?.reasons ?? []);
  // What was told once and is not told again stays true while nothing moves.
  const known = told.length > 0 || state !== campaign.state ? told : campaign.reasons;
  // Why a change was refused stays true until it is submitted again; what closed the campaign since is over when it is live.
  const ofChange =
    campaign.refusedRevision !== null && handedIn === null && !isClosed(campaign.state) ? campaign.reasons : [];
  const reasons = no !== null ? refused : isClosed(state) ? known : ofChange;
  return { state, externalId, status, reasons, ...done };
}

/** What was turned away may come right without an event of ours, by the hand of the support; what was closed may not. */
function nextLook(campaign: Campaign, settled: SettledCampaign, now: Temporal.Instant): Temporal.Instant | null {
  const { state } = settled;
  if (state === 'in-review' || state === 'carrier-review') {
    return pollAfter(campaign.state === state ? campaign.stateAt : now, now);
  }
  return isClosedForGood(settled) ? null : now.add(standingLook);
}

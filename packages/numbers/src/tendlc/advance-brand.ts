import type { TenantTransaction } from '@frontdesk/db';
import { pollAfter } from '../poll-after.ts';
import type { BrandStanding } from '../ports.ts';
import { keepExternalId } from '../postgres/external-ids.ts';
import { findBrand, markBrandAsked, settleBrand, type SettledBrand } from '../postgres/tendlc/brands.ts';
import { shareThroughput } from '../postgres/tendlc/share-throughput.ts';
import { ringWaitingCampaigns } from '../postgres/tendlc/waiting.ts';
import type { Advance, ProviderNews, Registration } from '../registration.ts';
import { brandStateOf, isToHandIn, type Brand } from './brand.ts';
import { explainBrandReasons, inOneLine } from './reason-hints.ts';
import { isConfirmed } from './brand-words.ts';
import { ask, findOrSubmit, noteMove, readKnown, standingLook, type Heard, type TenDlcPorts } from './registry-hand.ts';
import { textsPerDay } from './throughput.ts';

/** Hands a brand in, hands in what was mended, and keeps what the registry says of it. */
export function makeAdvanceBrand({ inTenant, registry, openTask, closeTasks, clock }: TenDlcPorts): Advance {
  /** Looked up before it is submitted: an earlier try may have come through. */
  async function hear(looked: Registration, { orgId, id, details, ...brand }: Brand): Promise<Heard<BrandStanding>> {
    const { externalId, state, revision, submittedRevision, askedAt } = brand;
    if (externalId === null) {
      const now = clock();
      return findOrSubmit(
        { ...looked, askedAt, now },
        {
          find: () => registry.findBrand({ reference: id, details }),
          noteAsked: (at) => inTenant(orgId, (tx) => markBrandAsked(tx, { orgId, id, at })),
          submit: () => registry.submitBrand({ reference: id, details }),
        },
      );
    }
    const read = () => readKnown(looked, () => registry.readBrand(externalId));
    if (!isToHandIn({ state, revision, submittedRevision })) return { standing: await read(), no: null };
    return ask(() => registry.updateBrand({ externalId, details }), read);
  }

  return async (looked) => {
    const { orgId, id, news } = looked;
    const brand = await inTenant(orgId, (tx) => findBrand(tx, { orgId, id }));
    if (brand === null || brand.state === 'draft') return { at: null };
    // It costs nothing where it is, and may come back.
    if (brand.clinicLeft) return { at: clock().add(standingLook) };
    const heard = await hear(looked, brand);
    const settled = settledBrand(brand, heard, news);
    const now = clock();
    const written = await inTenant(orgId, async (tx) => {
      const before = await findBrand(tx, { orgId, id, lock: true });
      if (before === null || !(await settleBrand(tx, brand, settled, now))) return false;
      if (settled.externalId !== null) await keepExternalId(tx, { orgId, id, externalId: settled.externalId });
      await shareThroughput(tx, { orgId, brandId: id, score: settled.score });
      if (before.state === settled.state && heard.no === null) return true;
      await noteMove(tx, { orgId, id, subject: 'tendlc_brand', state: settled.state, now });
      if (settled.state === 'verified') await ringWaitingCampaigns(tx, { orgId, brandId: id, now });
      await tell(tx, { brand, settled, now });
      return true;
    });
    if (!written) return { at: now };
    return { at: heard.standing === null ? null : nextLook(brand, settled.state, now) };
  };

  /** What staff heard of it before is no more: the newest word counts. */
  async function tell(
    tx: TenantTransaction,
    { brand, settled, now }: { brand: Brand; settled: SettledBrand; now: Temporal.Instant },
  ): Promise<void> {
    const { orgId, id } = brand;
    const causes = `tendlc-brand:${id}:`;
    await closeTasks(tx, { orgId, causes, now });
    const reason = taskOf(settled);
    if (reason === null) return;
    await openTask(tx, { orgId, causeKey: `${causes}${settled.state}:${now.epochMilliseconds}`, reason, now });
  }
}

const isFine = (state: Brand['state']): boolean => state !== 'failed' && state !== 'unverified';

function taskOf({ state, reasons }: SettledBrand): string | null {
  if (state === 'code-wanted' && reasons.length === 0) {
    return 'The registry texts a code to the clinic’s owner, who is to enter it within 24 hours: have it sent once they are at hand (frontdesk tendlc code, or POST /admin/tendlc/brands/{id}:send-code).';
  }
  if (isFine(state) && reasons.length === 0) return null;
  const why = reasons.length === 0 ? 'It gives no reason.' : inOneLine(explainBrandReasons(reasons));
  const said =
    state === 'unverified'
      ? 'The registry could not confirm who the clinic is.'
      : 'The registry has turned the clinic’s brand, or its change, away.';
  return `${said} ${why}`;
}

function settledBrand(brand: Brand, { standing, no }: Heard<BrandStanding>, news: ProviderNews | null): SettledBrand {
  const refused = no === null ? [] : [no];
  const handedIn = isToHandIn(brand) && no === null;
  if (standing === null) {
    const { externalId, identity, score, textsPerDay: perDay } = brand;
    const reasons = no === null ? ['The registry no longer has this brand.'] : refused;
    return { state: 'failed', externalId, identity, score, textsPerDay: perDay, reasons, handedIn };
  }
  const { externalId, identity, score } = standing;
  const state = brandStateOf(standing, brand.details.entityType);
  const told = standing.reasons.length > 0 ? standing.reasons : (news?.reasons ?? []);
  // What was told once and is not told again stays true while nothing moves.
  const known = told.length > 0 || state !== brand.state ? told : brand.reasons;
  // Why a change was refused stays true until it is submitted again; why the brand was is over once it is fine.
  const isOfChange = brand.revision !== brand.submittedRevision && !isToHandIn(brand) && isFine(brand.state);
  return {
    state,
    externalId,
    identity,
    score,
    textsPerDay: state === 'verified' ? textsPerDay(brand.details.entityType, score) : null,
    reasons: no !== null ? refused : !isFine(state) ? known : isOfChange ? brand.reasons : [],
    handedIn,
  };
}

/** What failed may come right without an event of ours, by the hand of the support; what never came there may not. */
function nextLook(brand: Brand, state: SettledBrand['state'], now: Temporal.Instant): Temporal.Instant {
  if (state === 'pending') return pollAfter(brand.state === 'pending' ? brand.stateAt : now, now);
  const { confirmedAt } = brand.code;
  if (state === 'code-wanted' && confirmedAt !== null && isConfirmed(brand.code, now))
    return pollAfter(confirmedAt, now);
  return now.add(standingLook);
}

import type { TenantTransaction } from '@frontdesk/db';
import { pollAfter } from '../poll-after.ts';
import type { BrandStanding } from '../ports.ts';
import { keepExternalId } from '../postgres/external-ids.ts';
import { findBrand, settleBrand, type SettledBrand } from '../postgres/tendlc/brands.ts';
import { shareThroughput } from '../postgres/tendlc/share-throughput.ts';
import { ringWaitingCampaigns } from '../postgres/tendlc/waiting.ts';
import type { Advance, ProviderNews, Registration } from '../registration.ts';
import { brandStateOf, type Brand } from './brand.ts';
import { explainBrandReasons, inOneLine } from './reason-hints.ts';
import { ask, findOrSubmit, noteMove, standingLook, type Heard, type TenDlcPorts } from './registry-hand.ts';
import { textsPerDay } from './throughput.ts';

/** Hands a brand in, hands in what was mended, and keeps what the registry says of it. */
export function makeAdvanceBrand({ inTenant, registry, openTask, clock }: TenDlcPorts): Advance {
  /** Looked up before it is submitted: an earlier try may have come through. */
  async function hear(looked: Registration, { id, details, ...brand }: Brand): Promise<Heard<BrandStanding>> {
    const { externalId, state, revision, submittedRevision } = brand;
    if (externalId === null) {
      return findOrSubmit(
        looked,
        () => registry.findBrand({ reference: id, details }),
        () => registry.submitBrand({ reference: id, details }),
      );
    }
    const read = () => registry.readBrand(externalId);
    if (state !== 'submitted' || revision === submittedRevision) return { standing: await read(), no: null };
    return ask(() => registry.updateBrand({ externalId, details }), read);
  }

  return async (looked) => {
    const { orgId, id, news } = looked;
    const brand = await inTenant(orgId, (tx) => findBrand(tx, { orgId, id }));
    if (brand === null || brand.state === 'draft') return { at: null };
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
    return { at: written ? nextLook(brand, settled.state, now) : now };
  };

  async function tell(
    tx: TenantTransaction,
    { brand, settled, now }: { brand: Brand; settled: SettledBrand; now: Temporal.Instant },
  ): Promise<void> {
    const { state, reasons } = settled;
    if (state !== 'failed' && state !== 'unverified' && reasons.length === 0) return;
    const { orgId, id, revision } = brand;
    const why = reasons.length === 0 ? 'It gives no reason.' : inOneLine(explainBrandReasons(reasons));
    const said =
      state === 'unverified'
        ? 'The registry could not confirm who the clinic is.'
        : 'The registry has turned the clinic’s brand, or its change, away.';
    const causeKey = `tendlc-brand:${id}:${revision}:${state}`;
    await openTask(tx, { orgId, causeKey, reason: `${said} ${why}`, now });
  }
}

function settledBrand(brand: Brand, { standing, no }: Heard<BrandStanding>, news: ProviderNews | null): SettledBrand {
  const refused = no === null ? [] : [no];
  if (standing === null) {
    const { externalId, identity, score, textsPerDay: perDay } = brand;
    const reasons = no === null ? ['The registry no longer has this brand.'] : refused;
    return { state: 'failed', externalId, identity, score, textsPerDay: perDay, reasons };
  }
  const { externalId, identity, score } = standing;
  const state = brandStateOf(standing);
  const told = standing.reasons.length > 0 ? standing.reasons : (news?.reasons ?? []);
  const isFine = state === 'verified' || state === 'pending';
  return {
    state,
    externalId,
    identity,
    score,
    textsPerDay: state === 'verified' ? textsPerDay(brand.details.entityType, score) : null,
    reasons: no !== null || isFine ? refused : told,
  };
}

function nextLook(brand: Brand, state: SettledBrand['state'], now: Temporal.Instant): Temporal.Instant | null {
  if (state === 'pending') return pollAfter(brand.state === 'pending' ? brand.stateAt : now, now);
  return state === 'failed' ? null : now.add(standingLook);
}

import type { TenantTransaction } from '@frontdesk/db';
import type { Clock, Id } from '@frontdesk/kernel';
import type { CarrierOptOut, CarrierOptOuts } from '../ports.ts';
import { actor } from '../postgres/actor.ts';
import { consentOf, lockConsent } from '../postgres/consent-store.ts';
import { numbersOfProfile, setReadUntil, takeReading } from '../postgres/carrier-opt-out-cursor.ts';
import type { InTenant } from './consent-history.ts';
import { isNews } from './consent.ts';
import { recordOptIn } from './record-opt-in.ts';
import { recordOptOut } from './record-opt-out.ts';

export type SyncCarrierOptOutsPorts = {
  inTenant: InTenant;
  optOuts: CarrierOptOuts;
  clock: Clock;
  /** A list read within this time is not read again. */
  every: Temporal.Duration;
};

export type Profile = { orgId: Id; messagingProfileId: string };

/** How many people the carrier's list stopped, and to how many it lets texts leave again. */
export type CarrierNews = { stopped: number; resumed: number };

/** Entries may appear in the carrier's list later than they are dated. */
const overlap = Temporal.Duration.from({ hours: 1 });

/**
 * Records what the carrier knows of a clinic's people and the desk does not: a STOP or START whose webhook never came. Nothing is
 * confirmed, since the carrier did. What is read twice changes nothing, so a round that fails half-way is simply repeated.
 */
export function makeSyncCarrierOptOuts({ inTenant, optOuts, clock, every }: SyncCarrierOptOutsPorts) {
  return async function syncCarrierOptOuts(profile: Profile): Promise<CarrierNews> {
    const { orgId, messagingProfileId } = profile;
    const now = clock();
    const reading = await inTenant(orgId, async (tx) => {
      const since = await takeReading(tx, profile, { now, lookedBefore: now.subtract(every) });
      return since === null ? null : { since, numbers: await numbersOfProfile(tx, profile) };
    });
    const news: CarrierNews = { stopped: 0, resumed: 0 };
    if (reading === null) return news; // another instance reads it
    let newest = reading.since;
    // The list may begin with its newest entry: an opt-out is history when an opt-in of the same person is later.
    const optIns = new Map<string, Temporal.Instant>();
    for await (const entry of optOuts.since(messagingProfileId, reading.since.subtract(overlap))) {
      if (Temporal.Instant.compare(entry.at, newest) > 0) newest = entry.at;
      // A profile may serve several clinics: each hears of its own numbers alone.
      if (!reading.numbers.has(entry.clinicNumber)) continue;
      const laterOptIn = optIns.get(entry.phone);
      if (entry.kind === 'opt-in') optIns.set(entry.phone, latest(entry.at, laterOptIn));
      else if (laterOptIn !== undefined && latest(entry.at, laterOptIn) === laterOptIn) continue;
      const isRecorded = await inTenant(orgId, (tx) => apply(tx, orgId, entry));
      if (isRecorded) news[entry.kind === 'opt-out' ? 'stopped' : 'resumed'] += 1;
    }
    await inTenant(orgId, (tx) => setReadUntil(tx, profile, newest));
    return news;
  };
}

function latest(one: Temporal.Instant, other: Temporal.Instant | undefined): Temporal.Instant {
  return other === undefined || Temporal.Instant.compare(one, other) > 0 ? one : other;
}

async function apply(tx: TenantTransaction, orgId: Id, entry: CarrierOptOut): Promise<boolean> {
  const { phone, clinicNumber, kind, wording, at } = entry;
  await lockConsent(tx, { orgId, phone });
  if (!isNews(entry, await consentOf(tx, { orgId, phone }))) return false;
  const source = 'carrier' as const;
  const evidence = { orgId, phone, source, wording, channel: 'sms', clinicNumber, recordedBy: actor, at } as const;
  if (kind === 'opt-in') return recordOptIn(tx, { ...evidence, inboundMessageId: null });
  return (await recordOptOut(tx, { ...evidence, inboundMessageId: null })).stopped;
}

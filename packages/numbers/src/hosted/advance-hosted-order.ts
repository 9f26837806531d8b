import { recordAudit } from '@frontdesk/db';
import { PermanentFailure, TransientFailure, type PhoneNumber, type Random } from '@frontdesk/kernel';
import { ensureProfile } from '../ensure-profile.ts';
import { worker, type NumberPorts } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import type { HostedNumbers, HostedStanding } from '../ports.ts';
import { keepExternalId } from '../postgres/external-ids.ts';
import { forgetDocuments, noteDocumentsSent, readDocuments } from '../postgres/hosted-documents.ts';
import { keepHostedOrder, readHostedOrder, type HostedChange, type HostedOrder } from '../postgres/hosted-orders.ts';
import type { Advance, Registration } from '../registration.ts';
import { assignWithAudit, warnFormerHolder } from '../take-over-number.ts';
import { meaningOfOrder } from './carrier-statuses.ts';
import { hasEnded } from './hosted-state.ts';
import { complaintTask, documentsTask, goneWith } from './hosted-tasks.ts';
import { isOpen, standingOf } from './standing.ts';

export type HostedPorts = NumberPorts & {
  hosted: HostedNumbers;
  random: Random;
};

const shortestPollMs = 600_000;
const longestPollMs = 900_000;
/** As long as the carrier says nothing new of documents, it is reviewing them; its reviews take one to three working days. */
const review = Temporal.Duration.from({ hours: 5 * 24 });
/** So many looks in vain, which take some ten minutes, are worth waiting for a list that lags behind. */
const looksUntilListed = 10;

/** Brings a hosted line forward: order, documents, cancelling, and what the carrier made up its mind about. */
export function makeAdvanceHostedOrder(ports: HostedPorts): Advance {
  const { inTenant, hosted, openTask, clock, random } = ports;

  async function keep(order: HostedOrder, change: HostedChange): Promise<HostedOrder> {
    const now = clock();
    const next = { ...order, ...change };
    const isMoved = next.state !== order.state;
    if (isMoved && next.state === 'activated') await warnFormerHolder(ports, order);
    await inTenant(order.orgId, async (tx) => {
      await keepHostedOrder(tx, order, change, now);
      const { externalId } = next;
      if (externalId !== null && order.externalId === null) await keepExternalId(tx, { ...order, externalId });
      if (!isMoved) return;
      const { orgId, id, state } = next;
      const subject = { type: 'hosted-order', id };
      await recordAudit(tx, { orgId, actor: worker, action: `hosted order ${state}`, subject, at: now });
      if (hasEnded(state)) await forgetDocuments(tx, order);
      if (state === 'activated') await assign(tx, next, now);
      if (next.clinicLeft) return;
      if (state !== 'failed' && !(state === 'documents-wanted' && order.documentsSentAt !== null)) return;
      await openTask(tx, complaintTask(next, now));
    });
    return next;
  }

  async function assign(tx: Parameters<typeof assignWithAudit>[0], order: HostedOrder, now: Temporal.Instant) {
    const { id, profileId, numberId } = order;
    if (profileId === null) throw new Error('a line is hosted on a profile');
    const subject = { type: 'hosted-order', id };
    const how = { carrier: 'telnyx', origin: 'hosted', callHandling: 'ring' } as const; // its calls do not come here
    if (await assignWithAudit(tx, { ...order, ...how, profileId, numberId, subject, now })) return;
    throw new Error('the clinic has just left, or somebody got the number later');
  }

  /** The one that goes on at the carrier: those that failed are of earlier tries of the clinic. */
  async function openOrder(of: { number: PhoneNumber; profileId: string }): Promise<HostedStanding | null> {
    const orders = await hosted.findOrders(of);
    return orders.findLast((order) => isOpen(order, of.number)) ?? null;
  }

  /** The order at the carrier, made when there is none. */
  async function place(
    order: HostedOrder,
    profileId: string,
    { tries }: Registration,
  ): Promise<HostedStanding | 'gone'> {
    const { externalId, number } = order;
    if (externalId !== null) return (await hosted.read(externalId)) ?? 'gone';
    const found = await openOrder({ number, profileId });
    if (found !== null) return found;
    if (isUnwanted(order)) return 'gone';
    const made = await orRefusal(hosted.order({ number, profileId }));
    if (!(made instanceof PermanentFailure)) return made;
    // It may say no because it has the order already, from a try whose answer was lost.
    const already = await openOrder({ number, profileId });
    if (already !== null) return already;
    if (tries > 0 && tries < looksUntilListed)
      throw new TransientFailure('the carrier says no, perhaps because of an earlier try');
    throw made;
  }

  /** UNVERIFIED: that the status stays a complaint for a while after better documents came; Telnyx tells no time of it. */
  function isInReview({ documentsSentAt, state, orderStatus }: HostedOrder, status: string): boolean {
    if (documentsSentAt === null) return false;
    if (meaningOfOrder(status)?.means !== 'documents-wanted') return true;
    const isRecent = Temporal.Instant.compare(documentsSentAt.add(review), clock()) > 0;
    return isRecent && state === 'in-review' && orderStatus === status;
  }

  function changeOf(order: HostedOrder, { externalId, status, numbers }: HostedStanding): HostedChange {
    const mine = numbers.find(({ number }) => number === order.number);
    const said = { orderStatus: status, numberStatus: mine?.status ?? null };
    const state = standingOf({
      ...said,
      verified: order.verifiedAt !== null,
      documentsInReview: isInReview(order, status),
    });
    return { ...said, externalId, numberId: mine?.numberId ?? null, ...(state !== null && { state }) };
  }

  async function sendDocuments(order: HostedOrder, externalId: string): Promise<HostedOrder> {
    const { orgId, id } = order;
    const documents = await inTenant(orgId, (tx) => readDocuments(tx, { orgId, id }));
    if (documents === null) return order;
    const { loa, bill, keptAt } = documents;
    const sent = await orRefusal(hosted.uploadDocuments({ externalId, loa, bill }));
    const now = clock();
    await inTenant(orgId, async (tx) => {
      await forgetDocuments(tx, { orgId, id, keptAt });
      if (!(sent instanceof PermanentFailure)) return noteDocumentsSent(tx, order, now);
      await openTask(tx, documentsTask(order, { why: sent.message, keptAt, now }));
    });
    if (sent instanceof PermanentFailure) return order;
    // What it still complains of is what was just mended.
    const mended = { ...order, documentsSentAt: now, state: 'in-review' as const, orderStatus: sent.status };
    return keep({ ...order, documentsSentAt: now }, changeOf(mended, sent));
  }

  const pollTime = () =>
    clock().add({ milliseconds: Math.round(shortestPollMs + random() * (longestPollMs - shortestPollMs)) });

  /** Where the order is placed. What cannot be placed has failed. */
  async function placed(order: HostedOrder, looked: Registration): Promise<HostedStanding | HostedOrder> {
    const { orgId, externalId, profileId: known } = order;
    const placing = async () => {
      const profileId = known ?? (await ensureProfile(ports, { orgId, carrier: 'telnyx' }));
      if (known === null) await keep(order, { profileId });
      return place({ ...order, profileId }, profileId, looked);
    };
    const found = await orRefusal(placing(), externalId === null ? looked : {});
    if (found === 'gone') return keep(order, { state: 'cancelled' });
    if (!(found instanceof PermanentFailure)) return found;
    if (externalId !== null) throw found;
    return keep(order, { state: 'failed', reason: found.message });
  }

  async function look(order: HostedOrder, looked: Registration): Promise<HostedOrder> {
    const found = await placed(order, looked);
    if ('state' in found) return found;
    const change = changeOf(order, found);
    const { externalId } = found;
    // What was hosted meanwhile becomes the clinic's all the same, unless it is not there any more.
    const isInTime = order.clinicLeft || change.state !== 'activated';
    if (isUnwanted(order) && isInTime && change.state !== 'cancelled') {
      const known = await keep(order, { externalId });
      await hosted.cancel(externalId);
      return keep(known, { state: 'cancelled' });
    }
    // The documents go before what the carrier says of those before them.
    if (order.documentsWaiting && !hasEnded(change.state ?? order.state)) {
      return sendDocuments(await keep(order, { ...change, state: order.state }), externalId);
    }
    return keep(order, change);
  }

  return async (looked) => {
    const { orgId, id } = looked;
    const order = await inTenant(orgId, (tx) => readHostedOrder(tx, { orgId, id }));
    if (order === null) return { at: null };
    const next = hasEnded(order.state) ? order : await look(order, looked);
    const { externalId, state } = next;
    const known = { gone: goneWith(next), ...(externalId !== null && { externalId }) };
    return hasEnded(state) ? { at: null, ...known } : { at: pollTime(), ...known };
  };
}

const isUnwanted = ({ cancelAskedAt, clinicLeft }: HostedOrder): boolean => cancelAskedAt !== null || clinicLeft;

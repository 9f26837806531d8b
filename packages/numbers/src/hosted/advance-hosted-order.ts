import { recordAudit } from '@frontdesk/db';
import { PermanentFailure, type Id, type PhoneNumber, type Random } from '@frontdesk/kernel';
import { ensureProfile } from '../ensure-profile.ts';
import { worker, type NumberPorts } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import type { HostedNumbers, HostedStanding } from '../ports.ts';
import { keepExternalId } from '../postgres/external-ids.ts';
import { forgetDocuments, noteDocumentsSent, readDocuments } from '../postgres/hosted-documents.ts';
import { keepHostedOrder, readHostedOrder, type HostedChange, type HostedOrder } from '../postgres/hosted-orders.ts';
import type { Advance, NextLook } from '../registration.ts';
import { assignWithAudit, warnFormerHolder } from '../take-over-number.ts';
import { meaningOfOrder } from './carrier-statuses.ts';
import { hasEnded } from './hosted-state.ts';
import { explainHosted, isOpen, standingOf } from './standing.ts';

export type HostedPorts = NumberPorts & {
  hosted: HostedNumbers;
  random: Random;
};

const shortestPollMs = 600_000;
const longestPollMs = 900_000;
/** As long as the carrier says nothing new of documents, it is reviewing them; its reviews take one to three working days. */
const review = Temporal.Duration.from({ hours: 5 * 24 });

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
      if (state !== 'failed' && !(state === 'documents-wanted' && order.documentsSentAt !== null)) return;
      const { words, next: step } = explainHosted(state, next);
      const causeKey = `hosted-order:${id}:${state}:${next.documentsSentAt?.toString() ?? ''}`;
      await openTask(tx, { orgId, reason: `Hosting ${order.number}: ${words} ${step}`, causeKey, now });
    });
    return next;
  }

  async function assign(tx: Parameters<typeof assignWithAudit>[0], order: HostedOrder, now: Temporal.Instant) {
    const { id, profileId, numberId } = order;
    if (profileId === null) throw new Error('a line is hosted on a profile');
    const subject = { type: 'hosted-order', id };
    const how = { carrier: 'telnyx', origin: 'hosted', callHandling: 'ring' } as const; // its calls do not come here
    if (await assignWithAudit(tx, { ...order, ...how, profileId, numberId, subject, now })) return;
    throw new Error('somebody got the number later than this clinic');
  }

  /** The one that goes on at the carrier: those that failed are of earlier tries of the clinic. */
  async function openOrder(of: { number: PhoneNumber; profileId: string }): Promise<HostedStanding | null> {
    const orders = await hosted.findOrders(of);
    return orders.findLast((order) => isOpen(order, of.number)) ?? null;
  }

  /** The order at the carrier, made when there is none. */
  async function place(order: HostedOrder, profileId: string): Promise<HostedStanding | 'gone'> {
    const { externalId, number } = order;
    if (externalId !== null) return (await hosted.read(externalId)) ?? 'gone';
    const found = await openOrder({ number, profileId });
    if (found !== null) return found;
    if (order.cancelAskedAt !== null) return 'gone';
    const made = await orRefusal(hosted.order({ number, profileId }));
    if (!(made instanceof PermanentFailure)) return made;
    // It may say no because it has the order already, from a try whose answer was lost.
    const already = await openOrder({ number, profileId });
    if (already !== null) return already;
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
      const reason = `Hosting ${order.number}: the carrier does not take the documents: ${sent.message} Send both again.`;
      await openTask(tx, { orgId, reason, causeKey: `hosted-documents:${id}:${keptAt.toISOString()}`, now });
    });
    if (sent instanceof PermanentFailure) return order;
    // What it still complains of is what was just mended.
    const mended = { ...order, documentsSentAt: now, state: 'in-review' as const, orderStatus: sent.status };
    return keep({ ...order, documentsSentAt: now }, changeOf(mended, sent));
  }

  function pollLater(order: HostedOrder): NextLook {
    const at = clock().add({ milliseconds: Math.round(shortestPollMs + random() * (longestPollMs - shortestPollMs)) });
    return { at, ...(order.externalId !== null && { externalId: order.externalId }) };
  }

  async function look(order: HostedOrder): Promise<HostedOrder> {
    const profileId = order.profileId ?? (await ensureProfile(ports, { orgId: order.orgId, carrier: 'telnyx' }));
    if (order.profileId === null) return look(await keep(order, { profileId }));
    const placed = await place(order, profileId);
    if (placed === 'gone') return keep(order, { state: 'cancelled' });
    const change = changeOf(order, placed);
    const { externalId } = placed;
    if (order.cancelAskedAt !== null && change.state !== 'activated' && change.state !== 'cancelled') {
      await hosted.cancel(externalId);
      return keep(order, { externalId, state: 'cancelled' });
    }
    // The documents go before what the carrier says of those before them.
    if (order.documentsWaiting && !hasEnded(change.state ?? order.state)) {
      return sendDocuments(await keep(order, { ...change, state: order.state }), externalId);
    }
    return keep(order, change);
  }

  return async ({ orgId, id }: { orgId: Id; id: Id }) => {
    const order = await inTenant(orgId, (tx) => readHostedOrder(tx, { orgId, id }));
    if (order === null || hasEnded(order.state)) return { at: null };
    const looked = await orRefusal(look(order));
    const next =
      looked instanceof PermanentFailure && order.externalId === null
        ? await keep(order, { state: 'failed', reason: looked.message })
        : looked;
    if (next instanceof PermanentFailure) throw next;
    return hasEnded(next.state)
      ? { at: null, ...(next.externalId !== null && { externalId: next.externalId }) }
      : pollLater(next);
  };
}

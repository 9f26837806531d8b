import { PermanentFailure } from '@frontdesk/kernel';
import { carrierOf, ensureProfile, nameOf } from '../ensure-profile.ts';
import type { NumberPorts } from '../number-ports.ts';
import { pollAfter } from '../poll-after.ts';
import {
  moveNumberOrder,
  noteOrder,
  noteOrderTry,
  noteRefusal,
  readNumberOrder,
  type NumberOrder,
  type OrderChange,
} from '../postgres/number-orders.ts';
import { keepExternalId } from '../postgres/external-ids.ts';
import type { OrderStanding } from '../ports.ts';
import type { Advance, NextLook } from '../registration.ts';
import { assignWithAudit, warnFormerHolder } from '../take-over-number.ts';
import { orRefusal } from '../or-refusal.ts';
import { joinOnlyCampaign } from '../tendlc/join-only-campaign.ts';
import { afterEvent, isEnded, whatToDo, type OrderEvent } from './order-state.ts';

/**
 * The carrier may have sold us the number in a try whose answer was lost, though it says no to the next and its list does not
 * show it yet: it is looked up again and again for so long before it counts as not bought.
 */
const beforeGivingUp = Temporal.Duration.from({ minutes: 15 });
const untilListed = Temporal.Duration.from({ minutes: 1 });
/** Most orders are done in a second or two, and their news may come before we know what the carrier calls them. */
const mostTakeSeconds = 1_000;
/** What takes longer than this at the carrier, staff hear of. */
const mostTakeADay = Temporal.Duration.from({ hours: 24 });
/** What the carrier will not take back is offered to it again, and staff know. */
const beforeGivingBackAgain = Temporal.Duration.from({ hours: 24 });

type Refusal = { kind: 'refused'; reason: string };

/** Brings a purchase forward as far as the carrier lets it: profile, order, set-up, assignment; or what was bought goes back. */
export function makeAdvanceNumberOrder(ports: NumberPorts): Advance {
  const { inTenant, openTask, closeTasks, clock } = ports;

  async function move(order: NumberOrder, event: OrderEvent, change: Omit<OrderChange, 'state'> = {}) {
    const state = afterEvent(order.state, event);
    if (state === null) throw new Error(`a number order that is ${order.state} cannot be ${event}`);
    const now = clock();
    await inTenant(order.orgId, async (tx) => {
      await moveNumberOrder(tx, order, { ...change, state }, now);
      await closeTasks(tx, { orgId: order.orgId, causes: slowCause(order), now });
      if (state === 'failed' || state === 'released') {
        const { orgId, id } = order;
        const reason = `The number ${order.number} could not be ${state === 'failed' ? 'bought' : 'set up and was given back'}: ${change.reason ?? order.reason ?? ''} ${whatToDo[state]}`;
        await openTask(tx, { orgId, reason, causeKey: `number-order:${id}`, now });
      }
    });
    return { ...order, ...change, state };
  }

  async function prepare(order: NumberOrder) {
    const made = await orRefusal(ensureProfile(ports, order));
    if (made instanceof PermanentFailure) return move(order, 'refused', { reason: made.message });
    return move(order, 'profile-ready', { profileId: made });
  }

  /** What the carrier says, and how often it has been asked for the number until then. */
  async function ask(order: NumberOrder): Promise<{ said: OrderStanding | Refusal; tries: number }> {
    const carrier = carrierOf(ports, order.carrier);
    const { number, id: reference, profileId, reason, orderTries } = order;
    const found = await carrier.findOrder({ number, reference });
    if (found !== null) return { said: found, tries: orderTries };
    if (reason !== null) return { said: { kind: 'refused', reason }, tries: orderTries };
    if (profileId === null) throw new Error('a number is ordered for a profile');
    await inTenant(order.orgId, (tx) => noteOrderTry(tx, order));
    const tries = orderTries + 1;
    const ordered = await orRefusal(carrier.order({ number, reference, profileId }));
    if (!(ordered instanceof PermanentFailure)) return { said: ordered, tries };
    const already = await carrier.findOrder({ number, reference });
    return { said: already ?? { kind: 'refused', reason: ordered.message }, tries };
  }

  async function buy(order: NumberOrder): Promise<NumberOrder | NextLook> {
    // Once the carrier was asked for it, only its answer to that is a no: nobody knows what a failed look-up means.
    const asked = order.orderTries === 0 ? await orRefusal(ask(order)) : await ask(order);
    if (asked instanceof PermanentFailure) return move(order, 'refused', { reason: asked.message });
    const { said, tries } = asked;
    switch (said.kind) {
      case 'pending': {
        const { externalId } = said;
        const now = clock();
        const isSlow = Temporal.Instant.compare(order.createdAt.add(mostTakeADay), now) < 0;
        await inTenant(order.orgId, async (tx) => {
          await noteOrder(tx, { ...order, externalId });
          await keepExternalId(tx, { ...order, externalId }); // its news may come at once
          if (isSlow) await openTask(tx, slow(order, externalId, now));
        });
        return { at: pollAfter(order.createdAt, now, mostTakeSeconds), externalId };
      }
      case 'bought':
        return move(order, 'bought', { externalId: said.externalId, numberId: said.numberId });
      case 'failed':
        return turnedAway(order, { reason: saying(order, said.reason), externalId: said.externalId }, tries);
      case 'refused':
        return turnedAway(order, { reason: said.reason }, tries);
    }
  }

  async function turnedAway(
    order: NumberOrder,
    no: { reason: string; externalId?: string },
    tries: number,
  ): Promise<NumberOrder | NextLook> {
    const now = clock();
    const since = order.reason === null ? now : order.stateAt;
    // Of a single try the answer is known.
    const isFinal = tries <= 1 || Temporal.Instant.compare(since.add(beforeGivingUp), now) <= 0;
    if (isFinal) return move(order, 'refused', no);
    if (order.reason === null) await inTenant(order.orgId, (tx) => noteRefusal(tx, { ...order, ...no }, now));
    return { at: now.add(untilListed) };
  }

  async function setUp(order: NumberOrder) {
    const { number, numberId, profileId, orgId, id } = order;
    if (numberId === null || profileId === null) throw new Error('a number that was bought has an id and a profile');
    const name = `frontdesk ${orgId}`;
    const configured = await orRefusal(
      Promise.try(() => carrierOf(ports, order.carrier).configure({ number, numberId, profileId, name })),
    );
    if (configured instanceof PermanentFailure)
      return move(order, 'refused', { reason: saying(order, configured.message) });
    await warnFormerHolder(ports, order);
    const now = clock();
    await inTenant(orgId, async (tx) => {
      const subject = { type: 'number-order', id };
      const assigned = await assignWithAudit(tx, {
        ...order,
        profileId,
        numberId,
        origin: 'bought',
        subject,
        now,
      });
      if (!assigned) throw new Error('somebody got the number later than this clinic');
      await joinOnlyCampaign(tx, { orgId, id, number, now });
      await moveNumberOrder(tx, order, { state: 'assigned' }, now);
    });
    return { ...order, state: 'assigned' as const };
  }

  async function giveBack(order: NumberOrder): Promise<NumberOrder | NextLook> {
    const { number, numberId, profileId, orgId, id } = order;
    const released = await orRefusal(
      Promise.try(() => carrierOf(ports, order.carrier).release({ number, numberId, profileId })),
    );
    if (!(released instanceof PermanentFailure)) return move(order, 'given-back');
    const now = clock();
    const reason = `${nameOf(order.carrier)} does not take back the number ${number}, which is paid for and not used: ${released.message} Give it back in the carrier’s console.`;
    await inTenant(orgId, (tx) => openTask(tx, { orgId, reason, causeKey: `number-stays:${id}`, now }));
    return { at: now.add(beforeGivingBackAgain) };
  }

  async function step(order: NumberOrder): Promise<NumberOrder | NextLook> {
    switch (order.state) {
      case 'requested':
        return prepare(order);
      case 'ordering':
        return buy(order);
      case 'bought':
        return move(order, 'set-up-begun');
      case 'configuring':
        return setUp(order);
      case 'releasing':
        return giveBack(order);
      case 'assigned':
      case 'failed':
      case 'released':
        return { at: null };
    }
  }

  return async ({ orgId, id }) => {
    let order = await inTenant(orgId, (tx) => readNumberOrder(tx, { orgId, id }));
    while (order !== null && !isEnded(order.state)) {
      const next = await step(order);
      if ('at' in next) return next;
      order = next;
    }
    return { at: null, ...(order !== null && order.externalId !== null && { externalId: order.externalId }) };
  };
}

const slowCause = ({ id }: NumberOrder) => `number-order-slow:${id}`;

function slow(order: NumberOrder, externalId: string, now: Temporal.Instant) {
  const reason = `The order of the number ${order.number} has been open at ${nameOf(order.carrier)} for more than a day. Ask its support about the order ${externalId}, or order another number; the desk goes on asking, and what is bought still becomes the clinic’s.`;
  return { orgId: order.orgId, reason, causeKey: slowCause(order), now };
}

const saying = ({ carrier }: NumberOrder, reason: string) => `${nameOf(carrier)} says: ${reason}`;

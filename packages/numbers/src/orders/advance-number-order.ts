import { PermanentFailure } from '@frontdesk/kernel';
import { carrierOf, ensureProfile } from '../ensure-profile.ts';
import type { NumberPorts } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import { moveNumberOrder, readNumberOrder, type OrderChange } from '../postgres/number-orders.ts';
import type { Advance, NextLook } from '../registration.ts';
import { assignWithAudit, warnFormerHolder } from '../take-over-number.ts';
import { joinOnlyCampaign } from '../tendlc/join-only-campaign.ts';
import { makeBuyNumber, saying } from './buy-number.ts';
import { hasLeft, type OrderInHand } from './order-in-hand.ts';
import { afterEvent, isEnded, type OrderEvent } from './order-state.ts';
import { goneWith, orderTasks } from './order-tasks.ts';

/** What the carrier will not take back is offered to it again, and staff know. */
const beforeGivingBackAgain = Temporal.Duration.from({ hours: 24 });

/** Brings a purchase forward as far as the carrier lets it: profile, order, set-up, assignment; or what was bought goes back. */
export function makeAdvanceNumberOrder(ports: NumberPorts): Advance {
  const { inTenant, openTask, clock } = ports;

  async function move(order: OrderInHand, event: OrderEvent, change: Omit<OrderChange, 'state'> = {}) {
    const state = afterEvent(order.state, event);
    if (state === null) throw new Error(`a number order that is ${order.state} cannot be ${event}`);
    const now = clock();
    const moved = { ...order, ...change, state };
    await inTenant(order.orgId, async (tx) => {
      await moveNumberOrder(tx, order, { ...change, state }, now);
      const isForStaff = (state === 'failed' || state === 'released') && !order.clinicLeft;
      if (isForStaff) await openTask(tx, orderTasks.ended(moved, state, now));
    });
    return moved;
  }
  const buy = makeBuyNumber(ports, move);

  async function prepare(order: OrderInHand) {
    if (order.clinicLeft) return move(order, 'refused', { reason: hasLeft });
    const made = await orRefusal(ensureProfile(ports, order), order);
    if (made instanceof PermanentFailure) return move(order, 'refused', { reason: made.message });
    return move(order, 'profile-ready', { profileId: made });
  }

  async function setUp(order: OrderInHand) {
    const { number, numberId, profileId, orgId, id } = order;
    if (numberId === null || profileId === null) throw new Error('a number that was bought has an id and a profile');
    const name = `frontdesk ${orgId}`;
    const configured = await orRefusal(
      Promise.try(() => carrierOf(ports, order.carrier).configure({ number, numberId, profileId, name })),
      order,
    );
    if (configured instanceof PermanentFailure) {
      return move(order, 'refused', { reason: saying(order, configured.message) });
    }
    await warnFormerHolder(ports, order);
    const now = clock();
    await inTenant(orgId, async (tx) => {
      const subject = { type: 'number-order', id };
      const assignment = { ...order, profileId, numberId, origin: 'bought', subject, now } as const;
      if (!(await assignWithAudit(tx, assignment))) {
        throw new Error('the clinic has just left, or somebody got the number later');
      }
      await joinOnlyCampaign(tx, { orgId, id, number, now });
      await moveNumberOrder(tx, order, { state: 'assigned' }, now);
    });
    return { ...order, state: 'assigned' as const };
  }

  async function giveBack(order: OrderInHand): Promise<OrderInHand | NextLook> {
    const { number, numberId, profileId, orgId } = order;
    const released = await orRefusal(
      Promise.try(() => carrierOf(ports, order.carrier).release({ number, numberId, profileId })),
    );
    if (!(released instanceof PermanentFailure)) return move(order, 'given-back');
    const now = clock();
    await inTenant(orgId, (tx) => openTask(tx, orderTasks.stays(order, released.message, now)));
    return { at: now.add(beforeGivingBackAgain) };
  }

  async function step(order: OrderInHand): Promise<OrderInHand | NextLook> {
    switch (order.state) {
      case 'requested':
        return prepare(order);
      case 'ordering':
        return buy(order);
      case 'bought':
        return order.clinicLeft ? move(order, 'refused', { reason: hasLeft }) : move(order, 'set-up-begun');
      case 'configuring':
        return order.clinicLeft ? move(order, 'refused', { reason: hasLeft }) : setUp(order);
      case 'releasing':
        return giveBack(order);
      case 'assigned':
      case 'failed':
      case 'released':
        return { at: null };
    }
  }

  return async ({ orgId, id, isUnservedForLong = false }) => {
    const row = await inTenant(orgId, (tx) => readNumberOrder(tx, { orgId, id }));
    if (row === null) return { at: null };
    let order: OrderInHand = { ...row, isUnservedForLong };
    while (!isEnded(order.state)) {
      const next = await step(order);
      if ('at' in next) return { gone: goneWith(order), ...next };
      order = next;
    }
    const { externalId } = order;
    return { at: null, gone: goneWith(order), ...(externalId !== null && { externalId }) };
  };
}

import { PermanentFailure } from '@frontdesk/kernel';
import { carrierOf, nameOf } from '../ensure-profile.ts';
import type { NumberPorts } from '../number-ports.ts';
import { orRefusal } from '../or-refusal.ts';
import { pollAfter } from '../poll-after.ts';
import type { OrderStanding } from '../ports.ts';
import { keepExternalId } from '../postgres/external-ids.ts';
import { noteOrder, noteOrderTry, noteRefusal } from '../postgres/number-orders.ts';
import type { NextLook } from '../registration.ts';
import { hasLeft, type MoveOrder, type OrderInHand } from './order-in-hand.ts';
import { orderTasks } from './order-tasks.ts';

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

type Refusal = { kind: 'refused'; reason: string };
/** `isCertain`: the carrier was asked for the number once at most, so nothing is bought that nobody knows of. */
type Asked = { said: OrderStanding | Refusal; isCertain: boolean };

/** Orders a number that is wanted, once, and finds out what came of it. */
export function makeBuyNumber(ports: NumberPorts, move: MoveOrder) {
  const { inTenant, openTask, clock } = ports;

  async function ask(order: OrderInHand): Promise<Asked> {
    const carrier = carrierOf(ports, order.carrier);
    const { number, id: reference, profileId, reason, orderTries: tries } = order;
    const found = await carrier.findOrder({ number, reference });
    if (found !== null) return { said: found, isCertain: tries <= 1 };
    const why = reason ?? (order.clinicLeft ? hasLeft : null);
    if (why !== null) return { said: { kind: 'refused', reason: why }, isCertain: tries === 0 };
    if (profileId === null) throw new Error('a number is ordered for a profile');
    await inTenant(order.orgId, (tx) => noteOrderTry(tx, order));
    const ordered = await orRefusal(carrier.order({ number, reference, profileId }), order);
    const isCertain = tries === 0;
    if (!(ordered instanceof PermanentFailure)) return { said: ordered, isCertain };
    const already = await carrier.findOrder({ number, reference });
    return { said: already ?? { kind: 'refused', reason: ordered.message }, isCertain };
  }

  async function turnedAway(
    order: OrderInHand,
    no: { reason: string; externalId?: string },
    isCertain: boolean,
  ): Promise<OrderInHand | NextLook> {
    const now = clock();
    const since = order.reason === null ? now : order.stateAt;
    const isFinal = isCertain || Temporal.Instant.compare(since.add(beforeGivingUp), now) <= 0;
    if (isFinal) return move(order, 'refused', no);
    if (order.reason === null) await inTenant(order.orgId, (tx) => noteRefusal(tx, { ...order, ...no }, now));
    return { at: now.add(untilListed) };
  }

  return async (order: OrderInHand): Promise<OrderInHand | NextLook> => {
    // Once the carrier was asked for it, only its answer to that is a no: nobody knows what a failed look-up means.
    const asked = order.orderTries === 0 ? await orRefusal(ask(order), order) : await ask(order);
    if (asked instanceof PermanentFailure) return move(order, 'refused', { reason: asked.message });
    const { said, isCertain } = asked;
    switch (said.kind) {
      case 'pending': {
        const { externalId } = said;
        const now = clock();
        const isSlow = Temporal.Instant.compare(order.createdAt.add(mostTakeADay), now) < 0;
        await inTenant(order.orgId, async (tx) => {
          await noteOrder(tx, { ...order, externalId });
          await keepExternalId(tx, { ...order, externalId }); // its news may come at once
          if (isSlow) await openTask(tx, orderTasks.slow(order, externalId, now));
        });
        return { at: pollAfter(order.createdAt, now, mostTakeSeconds), externalId };
      }
      case 'bought':
        return move(order, 'bought', { externalId: said.externalId, numberId: said.numberId });
      case 'failed':
        return turnedAway(order, { reason: saying(order, said.reason), externalId: said.externalId }, isCertain);
      case 'refused':
        return turnedAway(order, { reason: said.reason }, isCertain);
    }
  };
}

export const saying = ({ carrier }: Pick<OrderInHand, 'carrier'>, reason: string) =>
  `${nameOf(carrier)} says: ${reason}`;

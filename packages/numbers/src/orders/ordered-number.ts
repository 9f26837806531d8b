import { nameOf } from '../ensure-profile.ts';
import type { NumberOrder } from '../postgres/number-orders.ts';
import { whatToDo, type OrderState } from './order-state.ts';

type Purchase = Pick<
  NumberOrder,
  'id' | 'locationId' | 'carrier' | 'number' | 'callHandling' | 'state' | 'reason' | 'createdAt' | 'stateAt'
>;

/** A purchase, and what became of its number after it was the clinic's. */
export type OrderWithAfterlife = Purchase & {
  /** Of the release that ended it. Null: there is none. */
  releaseState: 'releasing' | 'released' | 'failed' | 'leaving' | 'kept' | null;
  releaseReason: string | null;
  releaseCause: 'given-up' | 'clinic-left' | null;
  /** Since when it is not the clinic's, or since when its release is where it is. Null: it is the clinic's. */
  goneAt: Temporal.Instant | null;
};

/** A purchase as the clinic is told of it: how far it came, or what became of the number. */
export type OrderedNumber = Purchase & { next: string };

const wentWrong: readonly OrderState[] = ['failed', 'releasing', 'released'];

export function orderAsItIs(order: OrderWithAfterlife): OrderedNumber {
  const { releaseState, releaseReason, releaseCause, goneAt, ...told } = order;
  if (order.state !== 'assigned' || goneAt === null) {
    const reason = wentWrong.includes(order.state) ? order.reason : null;
    return { ...told, reason, next: whatToDo[order.state] };
  }
  const who = releaseCause === 'clinic-left' ? 'The clinic left the desk.' : 'The clinic gave the number up.';
  const next = 'Nothing. Order another number, if the clinic needs one.';
  const isOnItsWay = releaseState === 'releasing' || releaseState === 'leaving';
  const [state, reason] = ((): ['releasing' | 'released', string] => {
    if (releaseState === null) return ['released', 'The number is in the books of the clinic no more.'];
    if (isOnItsWay) return ['releasing', `${who} ${nameOf(order.carrier)} has not taken it back yet.`];
    return [
      'released',
      releaseReason === null ? who : `${who} ${nameOf(order.carrier)} still has it: ${releaseReason}`,
    ];
  })();
  return { ...told, state, reason, stateAt: goneAt, next };
}

import type { PhoneNumber } from '@frontdesk/kernel';
import type { HostedStanding } from '../ports.ts';
import { meaningOfNumber, meaningOfOrder } from './carrier-statuses.ts';
import { hostedMeanings, type HostedState, type HostedStep } from './hosted-state.ts';

/** What is known of a hosted order, from the carrier and from the clinic. */
export type HostedFacts = {
  /** As the carrier says it. */
  orderStatus: string | null;
  numberStatus: string | null;
  /** The carrier took the code. */
  verified: boolean;
  /** The carrier has the documents, and has said nothing new of the order since. */
  documentsInReview: boolean;
};

/** How far the order is. Null: the carrier uses words that nobody here knows, so it stays as it was. */
export function standingOf({
  orderStatus,
  numberStatus,
  verified,
  documentsInReview,
}: HostedFacts): HostedState | null {
  const ofOrder = meaningOfOrder(orderStatus)?.means ?? null;
  const ofNumber = numberStatus === null ? 'clinic' : (meaningOfNumber(numberStatus)?.means ?? null);
  if (ofOrder === null || ofNumber === null) return null;
  // The number's end is the order's: it has one number, of which the carrier tells more.
  for (const end of ['failed', 'cancelled', 'activated'] as const) if (ofNumber === end) return end;
  if (ofOrder === 'failed' || ofOrder === 'cancelled') return ofOrder;
  // The order is done when its number is; without word of the number the order's own word must do.
  if (ofOrder === 'activated') return numberStatus === null ? 'activated' : 'in-review';
  if (ofOrder === 'documents-wanted') return documentsInReview ? 'in-review' : 'documents-wanted';
  if (ofOrder === 'in-review' || ofNumber === 'in-review') return 'in-review';
  if (!verified && !isOwned(numberStatus)) return 'verifying';
  return documentsInReview ? 'in-review' : 'documents-wanted';
}

/** Whether anything may still come of an order of this number. */
export function isOpen({ status, numbers }: HostedStanding, number: PhoneNumber): boolean {
  const numberStatus = numbers.find((each) => each.number === number)?.status ?? null;
  const state = standingOf({ orderStatus: status, numberStatus, verified: false, documentsInReview: false });
  return state !== 'failed' && state !== 'cancelled';
}

export const isOwned = (numberStatus: string | null): boolean => numberStatus?.toLowerCase() === 'ownership_successful';

/** What the clinic reads of an order: what holds, and what to do next. */
export function explainHosted(
  state: HostedState,
  {
    orderStatus,
    numberStatus,
    reason,
  }: { orderStatus: string | null; numberStatus: string | null; reason: string | null },
): { step: HostedStep; words: string; next: string } {
  const meaning = hostedMeanings[state];
  // The carrier's own reason says more than the state, as long as it is the reason for it.
  const ofCarrier = [meaningOfNumber(numberStatus), meaningOfOrder(orderStatus)].find((said) => said?.means === state);
  const words = reason ?? (state === 'failed' || state === 'documents-wanted' ? ofCarrier?.words : undefined);
  return { step: meaning.step, words: words ?? meaning.words, next: ofCarrier?.next ?? meaning.next };
}

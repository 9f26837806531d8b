import { classifyKeyword, type Keyword } from '@frontdesk/messaging';
import type { ReceivedText } from '@frontdesk/providers/telnyx-webhooks';

/** What the database knows about the sender when a text arrives. */
export type SenderFacts = {
  /** The same words and files came moments ago under another id. */
  duplicate: boolean;
  /** The number of a staff member of this clinic. */
  staff: boolean;
  optedOut: boolean;
};

/** How a text starts its way. What is handled here never reaches the conversation. */
export type TextDecision =
  | { handledBy: 'duplicate' | 'staff' | 'opted-out' }
  | { handledBy: 'keyword'; keyword: Keyword; source: 'keyword' | 'free-wording' | 'carrier' }
  | { handledBy: null };

/**
 * A wish to stop counts from anybody, staff and those who stopped before included. A repeat counts for nothing, but for
 * one: STOP, START, STOP within moments ends with no more texts.
 */
export function decideText(text: Pick<ReceivedText, 'body' | 'carrierKeyword'>, facts: SenderFacts): TextDecision {
  const match = keywordOf(text, facts);
  const stopsAgain = match?.keyword === 'stop' && !facts.optedOut;
  if (facts.duplicate && !stopsAgain) return { handledBy: 'duplicate' };
  if (match !== null) return { handledBy: 'keyword', ...match };
  if (facts.staff) return { handledBy: 'staff' };
  return { handledBy: facts.optedOut ? 'opted-out' : null };
}

/**
 * The carrier's word counts first. One of its words for START is YES: from somebody whose texts nobody stopped, that is an answer
 * to a question, and the conversation must have it.
 */
function keywordOf({ body, carrierKeyword }: Pick<ReceivedText, 'body' | 'carrierKeyword'>, { optedOut }: SenderFacts) {
  const own = classifyKeyword(body);
  if (carrierKeyword === null) return own;
  if (carrierKeyword === 'start' && own?.keyword !== 'start' && !optedOut) return own;
  return { keyword: carrierKeyword, source: 'carrier' as const };
}

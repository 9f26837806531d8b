import { classifyKeyword, type Keyword } from '@frontdesk/messaging';
import type { ReceivedText } from '@frontdesk/providers/telnyx';

/** What the database knows about the sender when a text arrives. */
export type SenderFacts = {
  /** The same words came moments ago under another id. */
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

/** A wish to stop counts from anybody, staff and those who stopped before included; a repeat counts for nothing. */
export function decideText(text: Pick<ReceivedText, 'body' | 'carrierKeyword'>, facts: SenderFacts): TextDecision {
  if (facts.duplicate) return { handledBy: 'duplicate' };
  if (text.carrierKeyword !== null) {
    return { handledBy: 'keyword', keyword: text.carrierKeyword, source: 'carrier' };
  }
  const match = classifyKeyword(text.body);
  if (match !== null) return { handledBy: 'keyword', ...match };
  if (facts.staff) return { handledBy: 'staff' };
  return { handledBy: facts.optedOut ? 'opted-out' : null };
}

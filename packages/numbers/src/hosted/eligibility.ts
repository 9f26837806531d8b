/** What the carrier says of hosting a line's texts, and what the clinic can do about it; from Telnyx's own list. */
export const eligibilityStatuses = {
  ELIGIBLE: { words: 'The texts of this line can be hosted.', mend: 'Order it.' },
  NUMBER_CAN_NOT_BE_REPEATED: {
    words: 'The number was given more than once.',
    mend: 'Give each number once.',
  },
  NUMBER_CAN_NOT_BE_VALIDATED: {
    words: 'The carrier could not find out whose line this is.',
    mend: 'Check the number with the phone company’s bill and try again in an hour; if it stays so, buy a new number.',
  },
  NUMBER_CAN_NOT_BE_WIRELESS: {
    words: 'This is a mobile number, whose texts cannot be hosted.',
    mend: 'Give a landline, toll-free or internet line of the clinic, or buy a new number.',
  },
  NUMBER_CAN_NOT_BE_ACTIVE_IN_YOUR_ACCOUNT: {
    words: 'The number is already in the desk’s account at the carrier.',
    mend: 'If it is the clinic’s, look under its numbers and orders; else ask for help.',
  },
  NUMBER_CAN_NOT_HOSTED_WITH_A_TELNYX_SUBSCRIBER: {
    words: 'Another customer of the carrier hosts the texts of this line.',
    mend: 'Have whoever hosts it now give it up, or buy a new number.',
  },
  NUMBER_CAN_NOT_BE_IN_TELNYX: {
    words: 'The line itself belongs to this carrier, and only lines of other phone companies are hosted.',
    mend: 'Have it moved into the desk’s account instead: ask for help.',
  },
  NUMBER_IS_NOT_A_US_NUMBER: {
    words: 'Only numbers of the United States can be hosted.',
    mend: 'Give a line in the United States, or buy a number.',
  },
  NUMBER_IS_NOT_A_VALID_ROUTING_NUMBER: {
    words: 'The phone network knows no such line.',
    mend: 'Check the number; give the line itself and not an extension or a forwarding code.',
  },
  NUMBER_IS_NOT_IN_E164_FORMAT: {
    words: 'The carrier cannot read the number.',
    mend: 'Give it with its country: +14805550123.',
  },
  BILLING_ACCOUNT_CHECK_FAILED: {
    words: 'The carrier could not check the desk’s account.',
    mend: 'Nothing is wrong with the line. Try again in an hour; if it stays so, ask for help.',
  },
  BILLING_ACCOUNT_IS_ABOLISHED: {
    words: 'The carrier has closed the desk’s account.',
    mend: 'Nothing is wrong with the line. Ask for help: this is for whoever runs the desk.',
  },
} as const satisfies Readonly<Record<string, { words: string; mend: string }>>;

/** The carrier's word for a line's eligibility, in words for the clinic. A word that nobody knows is told as it is. */
export function explainEligibility(status: string, detail: string | null): { words: string; mend: string } {
  const known: Readonly<Record<string, { words: string; mend: string }>> = eligibilityStatuses;
  const told = known[status.toUpperCase()];
  if (told !== undefined) return told;
  return { words: `The carrier says: ${detail ?? status}.`, mend: 'Ask for help, and give these words.' };
}

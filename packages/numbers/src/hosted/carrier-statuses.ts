import type { HostedState } from './hosted-state.ts';

/** What a word of the carrier means. `clinic`: its own steps, a code and the documents, say how far it is. */
type Meaning = { means: HostedState | 'clinic'; words: string; next?: string };

/** Every status of an order that Telnyx has. */
export const orderStatuses = {
  pending: { means: 'clinic', words: 'The carrier has the order.' },
  provisioning: { means: 'in-review', words: 'The carrier sets the line up.' },
  successful: { means: 'activated', words: 'The line is set up.' },
  failed: { means: 'failed', words: 'The carrier could not set the line up.' },
  deleted: { means: 'cancelled', words: 'The order was cancelled at the carrier.' },
  carrier_rejected: {
    means: 'failed',
    words: 'The line’s phone company refused to give its texts away.',
    next: 'Ask the phone company to take texting off the line, then order again; or buy a new number.',
  },
  compliance_review_failed: {
    means: 'failed',
    words: 'The carrier’s review of the order said no.',
    next: 'Check that letter and bill are the clinic’s own and agree, then order again; ask for help if it stays so.',
  },
  incomplete_documentation: {
    means: 'documents-wanted',
    words: 'Something is missing in the documents.',
    next: 'Send the letter with every field filled in and signed, and the whole bill, all pages, as PDF.',
  },
  incorrect_billing_information: {
    means: 'documents-wanted',
    words: 'The letter and the bill do not agree.',
    next: 'Send a bill of the last 30 days that shows the number, and a letter with exactly its name, address and account.',
  },
  ineligible_carrier: {
    means: 'failed',
    words: 'The line’s phone company does not let others host its texts.',
    next: 'Buy a new number, or move the line to another phone company first.',
  },
  loa_file_invalid: {
    means: 'documents-wanted',
    words: 'The letter of authorisation cannot be used.',
    next: 'Send it anew: the carrier’s own form, filled in, dated within 30 days and signed, as PDF; and the bill with it.',
  },
  loa_file_successful: { means: 'in-review', words: 'The carrier has taken the letter of authorisation.' },
} as const satisfies Readonly<Record<string, Meaning>>;

/** Every status of a number in an order that Telnyx has. */
export const numberStatuses = {
  pending: { means: 'clinic', words: 'The carrier has the order.' },
  provisioning: { means: 'in-review', words: 'The carrier sets the line up.' },
  ownership_successful: { means: 'clinic', words: 'The line is known to be the clinic’s.' },
  successful: { means: 'activated', words: 'The line is set up.' },
  deleted: { means: 'cancelled', words: 'The line was taken out of the order.' },
  failed: { means: 'failed', words: 'The carrier could not set the line up.' },
  failed_activation: {
    means: 'failed',
    words: 'The line could not be switched on for texts.',
    next: 'Order again; ask for help if it stays so.',
  },
  failed_carrier_rejected: {
    means: 'failed',
    words: 'The line’s phone company refused to give its texts away.',
    next: 'Ask the phone company to take texting off the line, then order again; or buy a new number.',
  },
  failed_ineligible_carrier: {
    means: 'failed',
    words: 'The line’s phone company does not let others host its texts.',
    next: 'Buy a new number, or move the line to another phone company first.',
  },
  failed_number_already_hosted: {
    means: 'failed',
    words: 'Somebody else hosts the texts of this line.',
    next: 'Have whoever hosts it now give it up, then order again.',
  },
  failed_number_not_found: {
    means: 'failed',
    words: 'The phone network knows no such line.',
    next: 'Check the number and order again.',
  },
  failed_ownership_verification: {
    means: 'failed',
    words: 'Nobody showed that the line is the clinic’s.',
    next: 'Order again, and enter the code that comes to the line.',
  },
  failed_timeout: {
    means: 'failed',
    words: 'The order took too long, and the carrier ended it.',
    next: 'Order again, and send code and documents within a few days.',
  },
} as const satisfies Readonly<Record<string, Meaning>>;

const orders: Readonly<Record<string, Meaning>> = orderStatuses;
const numbers: Readonly<Record<string, Meaning>> = numberStatuses;

export const meaningOfOrder = (status: string | null): Meaning | null => orders[status?.toLowerCase() ?? ''] ?? null;
export const meaningOfNumber = (status: string | null): Meaning | null => numbers[status?.toLowerCase() ?? ''] ?? null;

/** How far a hosted line is. */
export const hostedStates = [
  'pending',
  'verifying',
  'documents-wanted',
  'in-review',
  'activated',
  'failed',
  'cancelled',
] as const;
export type HostedState = (typeof hostedStates)[number];

/** What the clinic is to do next, for machines. */
export type HostedStep = 'wait' | 'verify' | 'send-documents' | 'order-again' | 'none';

/** What a state means, and what the clinic does next, in words. */
export const hostedMeanings: Readonly<Record<HostedState, { step: HostedStep; words: string; next: string }>> = {
  pending: {
    step: 'wait',
    words: 'The order is on its way to the carrier.',
    next: 'Nothing: this takes seconds.',
  },
  verifying: {
    step: 'verify',
    words: 'The carrier wants to see that the line is the clinic’s.',
    next: 'Have a code sent to the line, by call or by text, and enter it here.',
  },
  'documents-wanted': {
    step: 'send-documents',
    words: 'The carrier wants the signed letter of authorisation and a phone bill of the last 30 days.',
    next: 'Send both as PDF. Name and address must be the same on both, and the bill must show the number.',
  },
  'in-review': {
    step: 'wait',
    words: 'The carrier reviews the documents, or sets the line up.',
    next: 'Nothing: this takes one to three working days.',
  },
  activated: {
    step: 'none',
    words: 'Texts to and from the line are the desk’s. Its calls stay where they were.',
    next: 'Nothing. Register it for texting (10DLC) if it is not toll-free.',
  },
  failed: {
    step: 'order-again',
    words: 'The line could not be hosted.',
    next: 'Mend what is said here and order again, or buy a new number.',
  },
  cancelled: {
    step: 'none',
    words: 'The order was cancelled.',
    next: 'Nothing. Order again to have the line hosted after all.',
  },
};

/** The order has ended; nothing is asked about it any more. */
export const hasEnded = (state: HostedState): boolean =>
  state === 'activated' || state === 'failed' || state === 'cancelled';

/** A code and documents may be given as long as the order goes on at the carrier. */
export const isUnderWay = (state: HostedState): boolean => !hasEnded(state) && state !== 'pending';

export const openHostedStates: readonly HostedState[] = hostedStates.filter((state) => !hasEnded(state));

import { classifyBy, readCodeBy, type ErrorRow } from '../carrier/error-classes.ts';

const source = 'developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes';

/**
 * Meta's error codes of messages, in its answers and in its receipts; those of the account are answered to any request. Where a
 * code may hide a message that left all the same it stands as unknown. UNVERIFIED: 10, 131000, 131005, 131008, 131009, 131016,
 * 131045, 131050, 131062, 131064 and the further ones of 132 are from Meta's page as others quote it.
 */
export const metaErrors: readonly ErrorRow[] = [
  // One app speaks for all clinics. Meta counts its calls by the hour and names no time.
  { kind: 'retryable', pauseMs: 60_000, words: 'Meta takes no more calls of the desk for now', codes: ['4'], source },
  {
    kind: 'retryable',
    only: 'sender',
    words: 'WhatsApp takes no more messages for now',
    codes: ['80007', '130429'],
    source,
  },
  {
    kind: 'retryable',
    only: 'person',
    words: 'WhatsApp takes no more messages to this person for now',
    codes: ['131056'],
    source,
  },
  { kind: 'unknown', words: 'WhatsApp had a fault', codes: ['1', '2', '131000', '131016'], source },

  // Our number or account there; no other carrier has the clinic’s WhatsApp.
  {
    kind: 'refused',
    words: 'the clinic’s connection to WhatsApp has ended or lacks a permission: connect it again',
    codes: ['0', '3', '10', '190', '131005'],
    source,
  },
  {
    kind: 'refused',
    words: 'Meta has restricted the clinic’s WhatsApp account: look into WhatsApp Manager',
    codes: ['368', '130497', '131031'],
    source,
  },
  {
    kind: 'refused',
    words: 'the clinic’s WhatsApp account lacks a valid way to pay Meta',
    codes: ['131042'],
    source,
  },
  {
    kind: 'refused',
    words: 'the clinic’s number is not registered with WhatsApp',
    codes: ['131045', '133010', '133016'],
    source,
  },
  {
    kind: 'refused',
    words: 'Meta limits this number, since too many people blocked or reported it',
    codes: ['131048', '131064'],
    source,
  },
  {
    kind: 'refused',
    notOnWhatsApp: true,
    words: 'the person cannot be reached on WhatsApp',
    codes: ['131026'],
    source,
  },

  {
    kind: 'refused',
    windowClosed: true,
    words: 'the person has not written on WhatsApp for 24 hours: only an approved template may leave',
    codes: ['131047'],
    source,
  },
  {
    kind: 'refused',
    words: 'Meta withheld it: the person gets enough marketing, or takes part in its experiment',
    codes: ['130472', '131049'],
    source,
  },
  {
    kind: 'refused',
    noMarketing: true,
    words: 'the person wants no marketing from the clinic on WhatsApp',
    codes: ['131050'],
    source,
  },
  {
    kind: 'refused',
    templateAtFault: true,
    words: 'the template cannot be used: look at its state and its values',
    codes: ['132000', '132001', '132005', '132007', '132012', '132015', '132016', '132018'],
    source,
  },
  {
    kind: 'refused',
    words: 'WhatsApp cannot read it',
    codes: ['100', '131008', '131009', '131021', '131051', '131052', '131053', '131062'],
    source,
  },
];

/** What an answer of Meta means for the message. */
export const classifyMetaError = classifyBy(metaErrors);

/** What a code in Meta's receipts means. None says that Meta blocks the person: 131050 ends marketing alone. */
export const readMetaCode = readCodeBy(metaErrors);

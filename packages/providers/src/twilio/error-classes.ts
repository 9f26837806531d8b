import { classifyBy, readCodeBy, type ErrorRow } from '../carrier/error-classes.ts';

/** Each code has a page of its own there, `…/21610`. */
const source = 'twilio.com/docs/api/errors';

/** A content that Twilio does not have, or that does not go with its values. */
const contentFaults = ['21654', '21655', '21656', '63027', '63028'];

/** Twilio's error codes of texts: those of its answers (2xxxx), of receipts (30xxx) and of WhatsApp (63xxx, in either). */
export const twilioErrors: readonly ErrorRow[] = [
  { kind: 'opted-out', words: 'the person stopped texts at the carrier', codes: ['21610'], source },

  { kind: 'retryable', words: 'the carrier is busy', codes: ['20429', '21611', '30001'], source },
  { kind: 'retryable', words: 'the limit of the moment is reached', codes: ['30022'], source },
  { kind: 'retryable', only: 'sender', words: 'WhatsApp takes no more for now', codes: ['63018'], source },
  { kind: 'retryable', words: 'the phone could not be reached', codes: ['30003'], source },

  // The carrier failed on its side, perhaps after it took the text.
  { kind: 'unknown', words: 'the carrier had a fault', codes: ['30500', '30008', '63009', '63010'], source },

  // Ours to mend at this carrier; another may take the text meanwhile.
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the carrier does not accept the account',
    codes: ['20003', '20005', '20404', '21608', '30002'],
    source,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the clinic’s number may not send texts',
    codes: ['21212', '21603', '21606', '21659', '21660', '21701', '21703', '21704', '21705'],
    source,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the clinic’s number is not registered for texts',
    codes: ['30032', '30034'],
    source,
  },
  { kind: 'refused', elsewhere: true, words: 'texts to that country are not allowed', codes: ['21408'], source },
  { kind: 'refused', elsewhere: true, words: 'the carrier has no way to that number', codes: ['21612'], source },

  {
    kind: 'refused',
    elsewhere: true,
    words: 'the clinic’s number does not work on WhatsApp',
    codes: ['63001', '63002', '63007', '63020'],
    source,
  },

  {
    kind: 'refused',
    windowClosed: true,
    words: 'the person has not written on WhatsApp for 24 hours, and nothing but a template may be said',
    codes: ['63016'],
    source,
  },
  { kind: 'refused', words: 'the person blocked the clinic on WhatsApp', codes: ['63014'], source },
  {
    kind: 'refused',
    notOnWhatsApp: true,
    words: 'the person cannot be reached on WhatsApp',
    codes: ['63003', '63024'],
    source,
  },
  { kind: 'refused', words: 'what it says is not taken by WhatsApp', codes: ['63005', '63013', '63021'], source },
  { kind: 'refused', words: 'it was withheld from the person by Meta', codes: ['63032', '63033', '63049'], source },
  {
    kind: 'refused',
    templateAtFault: true,
    words: 'its template is paused or disabled by WhatsApp',
    codes: ['63041', '63042'],
    source,
  },
  { kind: 'refused', templateAtFault: true, words: 'its template does not fit', codes: contentFaults, source },

  // The same by every carrier; what one blocks for its words is not tried on another.
  { kind: 'refused', words: 'the number takes no texts', codes: ['21211', '21614', '21635', '30005', '30006'], source },
  { kind: 'refused', words: 'the carrier blocks what it says', codes: ['30007', '30450', '30453'], source },
  { kind: 'refused', words: 'the phone’s network rejected it', codes: ['30004'], source },
  { kind: 'refused', words: 'it is too long', codes: ['21617'], source },
  {
    kind: 'refused',
    words: 'the carrier cannot read it',
    codes: ['21602', '21604', '21609', '21620', '21623'],
    source,
  },
];

/** Whether Twilio's code says that the content is at fault; then it took nothing. */
export const isContentFault = (code: string): boolean => contentFaults.includes(code);

/** What an answer of Twilio means for the text. */
export const classifyTwilioError = classifyBy(twilioErrors);

/** What a code in Twilio's receipts means. */
export const readTwilioCode = readCodeBy(twilioErrors);

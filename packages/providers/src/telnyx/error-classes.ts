import { classifyBy, readCodeBy, type ErrorRow } from '../carrier/error-classes.ts';

const messaging = 'developers.telnyx.com/docs/messaging/messages/error-codes';
const general = 'developers.telnyx.com/docs/api/errors';

/** Telnyx's error codes of texts, those of its answers (403xx, 401xx, 100xx) and those of its receipts (400xx). */
export const telnyxErrors: readonly ErrorRow[] = [
  { kind: 'opted-out', words: 'the person stopped texts at the carrier', codes: ['40300'], source: messaging },

  { kind: 'retryable', words: 'the carrier is busy', codes: ['10011'], source: general },
  { kind: 'retryable', words: 'the carrier is busy', codes: ['40318'], source: messaging },
  {
    kind: 'retryable',
    words: 'the limit of the moment is reached',
    codes: ['40011', '40016', '40018'],
    source: messaging,
  },
  { kind: 'retryable', words: 'the phone’s network did not take it', codes: ['40006', '40008'], source: messaging },

  // The carrier failed on its side, perhaps after it took the text.
  { kind: 'unknown', words: 'the carrier had a fault', codes: ['10007', '10008', '10037'], source: general },

  // Ours to mend at this carrier; another may take the text meanwhile.
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the carrier does not accept the account',
    codes: ['10005', '10009', '10010'],
    source: general,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the clinic’s number may not send texts',
    codes: ['40100', '40150', '40151', '40155', '40305', '40321', '40013'],
    source: messaging,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the clinic’s number is not registered for texts',
    codes: ['40010', '40329', '40330'],
    source: messaging,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the carrier holds the clinic’s number for unhealthy',
    codes: ['40315'],
    source: messaging,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'texts are switched off at the carrier',
    codes: ['40312', '40314'],
    source: messaging,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'texts to that country are not allowed',
    codes: ['40309', '40331'],
    source: messaging,
  },
  {
    kind: 'refused',
    elsewhere: true,
    words: 'the spending limit of the day is reached',
    codes: ['40333'],
    source: messaging,
  },

  // The same by every carrier; what one blocks for its words is not tried on another.
  { kind: 'refused', words: 'the number takes no texts', codes: ['40001', '40012', '40310'], source: messaging },
  {
    kind: 'refused',
    words: 'the carrier blocks what it says',
    codes: ['40322', '40002', '40003', '40015', '40017', '40019'],
    source: messaging,
  },
  { kind: 'refused', words: 'the phone’s network rejected it', codes: ['40004', '40020'], source: messaging },
  { kind: 'refused', words: 'it did not arrive in time', codes: ['40005', '40014'], source: messaging },
  { kind: 'refused', words: 'it is too long', codes: ['40302', '40328'], source: messaging },
  {
    kind: 'refused',
    words: 'the carrier cannot read it',
    codes: ['40301', '40304', '40316', '40317'],
    source: messaging,
  },
  {
    kind: 'refused',
    words: 'the carrier cannot read it',
    codes: ['10004', '10015', '10016', '10027'],
    source: general,
  },
];

/** What an answer of Telnyx means for the text. */
export const classifyTelnyxError = classifyBy(telnyxErrors);

/** What a code in Telnyx's receipts means. */
export const readTelnyxCode = readCodeBy(telnyxErrors);

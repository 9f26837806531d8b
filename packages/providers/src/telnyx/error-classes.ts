/** What an error of the carrier means for the text: see `SendOutcome`. */
export type ErrorClass = 'opted-out' | 'refused' | 'retryable' | 'unknown';

/**
 * Telnyx's error codes of a send, from its messaging error reference and API error reference
 * (developers.telnyx.com/docs/messaging/messages/error-codes and /api/errors). The words are for the clinic's staff.
 */
const classes: readonly (readonly [ErrorClass, words: string, codes: readonly string[]])[] = [
  ['opted-out', 'the person stopped texts at the carrier', ['40300']],
  ['retryable', 'the carrier is busy', ['10011', '40318']],
  // The carrier failed on its side, perhaps after it took the text.
  ['unknown', 'the carrier had a fault', ['10007', '10008', '10037']],
  ['refused', 'the number takes no texts', ['40001', '40310']],
  ['refused', 'the clinic’s number may not send texts', ['40100', '40150', '40151', '40155', '40305', '40321']],
  ['refused', 'the clinic’s number is not registered for texts', ['40010', '40329', '40330']],
  ['refused', 'the carrier holds the clinic’s number for unhealthy', ['40315']],
  ['refused', 'texts are switched off at the carrier', ['40312', '40314']],
  ['refused', 'texts to that country are not allowed', ['40309', '40331']],
  ['refused', 'the carrier blocks what it says', ['40322', '40002', '40003']],
  ['refused', 'it is too long', ['40302', '40328']],
  ['refused', 'the carrier cannot read it', ['10004', '10015', '10016', '10027', '40301', '40304', '40316', '40317']],
  ['refused', 'the spending limit of the day is reached', ['40333']],
  ['refused', 'the carrier does not accept the account', ['10005', '10009', '10010']],
];

const byCode = new Map(
  classes.flatMap(([kind, words, codes]) => codes.map((code) => [code, { kind, words }] as const)),
);

/** The class of an answer: by its code where the reference names it, else by its status. A 5xx may hide an accepted text. */
export function classifyError(status: number, code: string | undefined): { kind: ErrorClass; words: string } {
  const known = code === undefined ? undefined : byCode.get(code);
  if (status >= 500 || status === 408) return { kind: 'unknown', words: 'the carrier had a fault' };
  if (known !== undefined) return known;
  if (status === 429) return { kind: 'retryable', words: 'the carrier is busy' };
  return { kind: 'refused', words: 'the carrier refused it' };
}

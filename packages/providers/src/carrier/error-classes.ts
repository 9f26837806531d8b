import type { CodeMeaning } from '@frontdesk/messaging/ports';

/**
 * What an error of a carrier means for the text, as `SendOutcome` has it.
 * - opted-out: the carrier blocks this person; never sent again, by no carrier
 * - refused: a final no
 * - retryable: the carrier certainly does not have the text, and may take it later
 * - unknown: the carrier may have the text
 */
type RetryClass = 'opted-out' | 'refused' | 'retryable' | 'unknown';

/** Codes of a carrier that mean the same. */
export type ErrorRow = {
  kind: RetryClass;
  /** With `retryable`: this sender alone is throttled, or what it sends to this person; not the account. */
  only?: 'sender' | 'person';
  /** With `retryable`: how long nobody need ask again where the carrier does not say it. */
  pauseMs?: number;
  /** With `refused`: it is our number or account there that may not, so another carrier may take the text. */
  elsewhere?: true;
  /** With `refused`: outside the 24 hours of WhatsApp, where nothing but a template passes. */
  windowClosed?: true;
  /** With `refused`: the template is paused or gone, or does not fit. */
  templateAtFault?: true;
  /** With `refused`: the person wants no marketing of the clinic. */
  noMarketing?: true;
  /** With `refused`: the person is not on WhatsApp. */
  notOnWhatsApp?: true;
  /** For the clinic's staff. */
  words: string;
  codes: readonly string[];
  /** Where the carrier says so. */
  source: string;
};

/** What an answer means. */
type ErrorMeaning = Pick<
  ErrorRow,
  | 'kind'
  | 'only'
  | 'pauseMs'
  | 'elsewhere'
  | 'windowClosed'
  | 'templateAtFault'
  | 'noMarketing'
  | 'notOnWhatsApp'
  | 'words'
>;

/** What a code in a receipt means for the text that did not arrive. */
export const readCodeBy =
  (table: readonly ErrorRow[]) =>
  (code: string): CodeMeaning => {
    const row = table.find(({ codes }) => codes.includes(code));
    return {
      blocked: row?.kind === 'opted-out',
      windowClosed: row?.windowClosed === true,
      templateAtFault: row?.templateAtFault === true,
      noMarketing: row?.noMarketing === true,
      notOnWhatsApp: row?.notOnWhatsApp === true,
      words: row?.words ?? null,
    };
  };

/** Tells what the carrier's answer means by its status and code. */
export type ClassifyError = (status: number, code: string | undefined) => ErrorMeaning;

/**
 * Reads answers by a table: by their code where the table names it, else by their status. A 5xx may hide an accepted
 * text, whatever its code.
 */
export function classifyBy(table: readonly ErrorRow[]): ClassifyError {
  const byCode = new Map(table.flatMap((row) => row.codes.map((code) => [code, row] as const)));
  return (status, code) => {
    if (status >= 500 || status === 408) return { kind: 'unknown', words: 'the carrier had a fault' };
    const known = code === undefined ? undefined : byCode.get(code);
    if (known !== undefined) return known;
    if (status === 429) return { kind: 'retryable', words: 'the carrier is busy' };
    return { kind: 'refused', words: 'the carrier refused it' };
  };
}

/** `rejected`: the registry or the carriers surely say no. `risk`: reviewers are known to ask. */
type Severity = 'rejected' | 'risk';

/** A known reason for a no, found before anybody pays for it. */
export type Finding = {
  code: string;
  severity: Severity;
  /** JSON pointer into the details: `/samples/0`. */
  pointer: string;
  /** For the owner of the clinic. */
  words: string;
  /** What to do about it. */
  mend: string;
};

/** Where a rule found something; with a mend of its own where the general one would say less. */
export type Found = { pointer: string; mend?: string };

/** One reason for which registrations are rejected. */
export type LintRule<Details, Facts> = {
  code: string;
  severity: Severity;
  words: string;
  mend: string;
  find: (details: Details, facts: Facts) => readonly Found[];
};

export function lint<Details, Facts>(
  rules: readonly LintRule<Details, Facts>[],
  details: Details,
  facts: Facts,
): Finding[] {
  return rules.flatMap(({ code, severity, words, mend, find }) =>
    find(details, facts).map((found) => ({ code, severity, words, mend, ...found })),
  );
}

/** Whether nobody should submit this without a reason of their own. */
export const wouldBeRejected = (findings: readonly Finding[]): boolean =>
  findings.some(({ severity }) => severity === 'rejected');

/** The pointer, when the condition holds. */
export const at = (pointer: string, holds: boolean): Found[] => (holds ? [{ pointer }] : []);

/** The pointers to the entries of a list for which it holds. */
export const among = (pointer: string, list: readonly string[], holds: (entry: string) => boolean): Found[] =>
  list.flatMap((entry, index) => at(`${pointer}/${index}`, holds(entry)));

export const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

/**
 * Words that carriers do not take, as whoever composes the lint found them.
 * - forbidden: no campaign may send it. age-restricted: only behind an age gate. shortener: a link of a public shortener.
 * - style: filters hold it for spam.
 */
export type ContentFinding = {
  pointer: string;
  kind: 'forbidden' | 'age-restricted' | 'shortener' | 'style';
  advice: string;
};

export const contentAt = (content: readonly ContentFinding[], kind: ContentFinding['kind']): Found[] =>
  content.filter((found) => found.kind === kind).map(({ pointer, advice }) => ({ pointer, mend: advice }));

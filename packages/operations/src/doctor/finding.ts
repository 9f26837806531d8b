/** What is `doubtful` may be meant so. */
export type Verdict = 'fine' | 'wrong' | 'doubtful';

/** One thing that the doctor looked at. */
export type Finding = {
  subject: string;
  verdict: Verdict;
  /** What is so, in words. Never a secret. */
  says: string;
  /** What to do about it; null where nothing is to be done. */
  mend: string | null;
};

/** Things that are looked at together. */
export type Examination = { area: string; examine: () => Promise<Finding[]> };

export type Report = {
  areas: { area: string; findings: Finding[] }[];
  /** Whether something is wrong. */
  wrong: boolean;
};

export const fine = (subject: string, says: string): Finding => ({ subject, verdict: 'fine', says, mend: null });
export const wrong = (subject: string, says: string, mend: string): Finding => ({
  subject,
  verdict: 'wrong',
  says,
  mend,
});
export const doubtful = (subject: string, says: string, mend: string): Finding => ({
  subject,
  verdict: 'doubtful',
  says,
  mend,
});

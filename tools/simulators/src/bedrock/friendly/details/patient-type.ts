import { plain } from '../words.ts';

type PatientType = 'new' | 'returning';

const firstVisit =
  /\b(i'?m|i am|as a|am a|brand|totally|completely) new\b|\bnew (client|patient|customer|here|to (you|your|the|this))|\bfirst[- ](time|visit|timer|appointment)\b|\b(never|haven'?t|have not|hasn'?t) (\w+ )?(been|come|visited|had)\b|(^|[,.;/] ?)new\b(?! (year|york))/;
const cameBefore =
  /\b(returning|existing|current|regular)\b|\bnot (a )?(new|my first)\b|\b(been|come|came|visited|was|seen) (there |here |in |to you |you |with you )*(before|already|last|a few|many|several)\b|\bi'?ve been (there|here|in|to you|coming)\b|\b(coming|come|came) back\b|\bi (usually|always) (come|see|go)\b/;

/** New or returning, when the words say it; `asked` when the desk has just asked, so that a bare yes or no counts. */
export function findPatientType(said: string, asked: boolean): PatientType | undefined {
  const text = plain(said);
  if (cameBefore.test(text)) return 'returning';
  if (firstVisit.test(text)) return 'new';
  if (!asked) return undefined;
  if (/\b(new|first|never|no|nope|nah|haven'?t)\b/.test(text)) return 'new';
  if (/\b(yes|yeah|yep|yup|yea|before|been|have|again|old|sure)\b/.test(text)) return 'returning';
  return undefined;
}

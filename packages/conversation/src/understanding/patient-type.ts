import type { PatientType } from '../desk-ports.ts';
import { plainWords } from './words.ts';

const fresh =
  /\b(new|first (time|timer|visit)|never (been|visited|had|done|come|tried)|have ?n ?t (been|visited|come)|not been|no i have ?n ?t|brand new|never|1st time)\b/;
const returning =
  /\b(returning|existing|(been|visited|came|come|seen) (\w+ ){0,2}(before|already|there|in|here|back|last|many|several|once|twice)|come back|coming back|back again|regular|current (client|patient)|old (client|patient)|long ?time|i go there|been there|was there|seen (dr|you)|previous(ly)?|again|i ve been|ive been|i have been|my (usual|last))\b/;
const negated = /\b(have ?n ?t|never|not) (\w+ )?(been|visited|come|seen|returning|existing)\b/;
const asked = /\b(new|returning|been (here|to|with|in)|visited|first (time|visit)|before)\b/;

/**
 * What the words say of the person: new here or not. A bare yes or no counts only as the answer to the question that we
 * asked last; a yes to "are you new or returning" says neither.
 */
export function readPatientType(text: string, lastQuestion: string | null): PatientType | null {
  const words = plainWords(text);
  if (negated.test(words)) return 'new';
  const [isNew, isBack] = [fresh.test(words), returning.test(words)];
  if (isNew !== isBack) return isNew ? 'new' : 'returning';
  if (isNew || lastQuestion === null) return null;
  const question = plainWords(lastQuestion);
  if (!asked.test(question)) return null;
  const beenBefore = /\b(been|visited|before)\b/.test(question);
  const mayBeNew = /\b(new|first)\b/.test(question);
  if (beenBefore === mayBeNew) return null;
  if (/^(yes|yeah|yep|yup|i have|sure|correct|i am)\b/.test(words)) return beenBefore ? 'returning' : 'new';
  if (/^(no|nope|nah|not yet|i am not|i m not)\b/.test(words)) return beenBefore ? 'new' : 'returning';
  return null;
}

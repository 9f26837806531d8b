import { plainPunctuation } from '../plain-punctuation.ts';
import { splitText } from '../segments/split-text.ts';
import type { TextClass } from '../text-class.ts';

/** Where a text says it already, in whatever words it does. */
const saysHowToStop = /\b(?:reply|text|send|answer|responda|envíe)\b[^.!?\n]{0,20}\bSTOP\b/i;

const shortNotice = 'Reply STOP to opt out.';
const fullNotice = 'Reply STOP to opt out, HELP for help.';

/**
 * What the first text to a person must say: who writes, and how to end it (CTIA Messaging Principles 5.1.3). Only what it does not
 * say already is added. An answer to somebody who wrote first says it shorter. What becomes several texts says both at its
 * beginning, so that the first of them does.
 */
export function introduceClinic(
  body: string,
  {
    clinicName,
    ofClass,
    split = splitText,
  }: {
    clinicName: string;
    ofClass: TextClass;
    /** How its channel cuts what is too long. */ split?: (body: string) => string[];
  },
): string {
  const name = plainPunctuation(clinicName);
  const named = body.toLowerCase().includes(name.toLowerCase()) ? body : `${name}: ${body}`;
  const notice = ofClass === 'reply' ? shortNotice : fullNotice;
  const introduced = saysHowToStop.test(named) ? named : `${endSentence(named)} ${notice}`;
  return split(introduced).length > 1 ? `${name}: ${notice} ${body}` : introduced;
}

/** The same text to a person who has had one before. Marketing says how to end it each time. */
export function withoutNotice(body: string, ofClass: TextClass): string {
  if (ofClass === 'marketing') return body;
  const notice = [shortNotice, fullNotice].find((words) => body.endsWith(` ${words}`));
  if (notice !== undefined) return body.slice(0, -notice.length - 1);
  return body.replace(`: ${shortNotice} `, ': ').replace(`: ${fullNotice} `, ': ');
}

/** A link keeps its end: a full stop there would be taken for a part of it. */
function endSentence(text: string): string {
  return /[\p{L}\p{N}]$/u.test(text) && !/\S+[./]\S+$/.test(text) ? `${text}.` : text;
}

/** What the desk's last question was after, so that a bare answer is understood. */
export type Asked = 'first_name' | 'service' | 'patient_type' | 'preferred_times' | 'times_wanted' | 'team' | null;

const patterns: [Exclude<Asked, null>, RegExp][] = [
  ['team', /\b(the team|someone|somebody|a colleague)\b.*\b(get back|reach out|call you|text you|follow up)/i],
  ['times_wanted', /\b(look for a time|see (some|the|our) (open )?times|find you a time|book a visit|book one)\b/i],
  ['first_name', /\bname\b/i],
  ['patient_type', /\b(first visit|first time|been (to|here|in|with)|new (client|patient)|returning)\b/i],
  [
    'preferred_times',
    /\b(which days?|what days?|what time of day|days and times|time of day|when would|days? works?|times? works?)\b/i,
  ],
  ['service', /\b(what|which) (treatment|service)|\bwhat (can|would|brings|are you)\b/i],
];

export function readAsked(lastWords: string): Asked {
  const question = lastWords.match(/[^.!?\n]*\?/g)?.at(-1) ?? '';
  return patterns.find(([, pattern]) => pattern.test(question))?.[0] ?? null;
}

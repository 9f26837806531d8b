import { plain, without } from '../words.ts';

/** `HH:MM`, either side open. */
export type Hours = { from?: string; until?: string };

const clock = String.raw`(\d{1,2})(?::(\d{2}))? ?([ap])?\.?(?:m\b\.?)?`;
const after = new RegExp(
  String.raw`\b(?:after|past|from|later than|any ?time after|starting(?: at)?)(?: about| around)? ${clock}(?![\d/]|th|rd|nd|st)`,
);
const before = new RegExp(
  String.raw`\b(?:before|until|til|till|by|no later than|earlier than)(?: about| around)? ${clock}(?![\d/]|th|rd|nd|st)`,
);
const between = new RegExp(
  String.raw`\b(?:between |from )?${clock} ?(?:-|to|and|until|til) ?${clock}(?![\d/]|th|rd|nd|st)`,
);
const around = new RegExp(
  String.raw`\b(?:around|about|at|@|near|like|roughly) ?${clock}(?![\d/]|th|rd|nd|st)|\b(\d{1,2})(?::(\d{2}))? ?([ap])\.?m\b`,
);

const parts: [RegExp, Hours][] = [
  [/\blate morning\b/, { from: '10:30', until: '12:00' }],
  [/\b(early morning|first thing|early in the (day|morning))\b/, { until: '10:30' }],
  [/\bearly afternoon\b/, { from: '12:00', until: '15:00' }],
  [/\b(late afternoon|end of (the )?day|later in the day)\b/, { from: '15:00' }],
  [/\b(lunch ?time|lunch|noon|midday)\b/, { from: '11:30', until: '14:00' }],
  [/\bmornings?\b|\bbefore noon\b/, { until: '12:00' }],
  [/\bafternoons?\b/, { from: '12:00', until: '17:00' }],
  [/\b(evenings?|after ?work|tonight|at night|after hours)\b/, { from: '17:00' }],
];

/** The hours of the day that the words name; undefined when they name none. */
export function findHours(said: string): Hours | undefined {
  const text = plain(said).replaceAll(/\b(mon|tue|wed|thu|fri|sat|sun)[a-z]* (?:to|-) ?(?=[a-z])/g, '');
  const span = between.exec(text);
  if (span !== null && plausible(span[1]) && plausible(span[4])) {
    const until = minutes(span[4], span[5], span[6]);
    return { from: hhmm(minutes(span[1], span[2], span[3] ?? span[6], until)), until: hhmm(until) };
  }
  const [later, earlier] = [after.exec(text), before.exec(text)];
  if (later !== null || earlier !== null) {
    return {
      ...(later === null ? {} : { from: hhmm(minutes(later[1], later[2], later[3])) }),
      ...(earlier === null ? {} : { until: hhmm(minutes(earlier[1], earlier[2], earlier[3])) }),
    };
  }
  const near = around.exec(text);
  if (near !== null && plausible(near[1] ?? near[4])) {
    const at = near[1] === undefined ? minutes(near[4], near[5], near[6]) : minutes(near[1], near[2], near[3]);
    return { from: hhmm(at - 60), until: hhmm(at + 90) };
  }
  return join(namedParts(text));
}

function namedParts(text: string): Hours[] {
  let rest = text;
  return parts.flatMap(([pattern, hours]) => {
    if (!pattern.test(rest)) return [];
    rest = without(rest, pattern);
    return [hours];
  });
}

/** "Mornings or evenings" is all that lies between. */
function join([first, second]: Hours[]): Hours | undefined {
  if (first === undefined || second === undefined) return first;
  const from = bound(first.from, second.from, (a, b) => a < b);
  const until = bound(first.until, second.until, (a, b) => a > b);
  return { ...(from === undefined ? {} : { from }), ...(until === undefined ? {} : { until }) };
}

/** The wider of two limits; none when either side is open. */
function bound(
  a: string | undefined,
  b: string | undefined,
  wider: (a: string, b: string) => boolean,
): string | undefined {
  if (a === undefined || b === undefined) return undefined;
  return wider(a, b) ? a : b;
}

const plausible = (hour: string | undefined): boolean => Number(hour) >= 1 && Number(hour) <= 23;

/** Minutes after midnight; without am or pm, 1 to 7 are afternoon hours, as they are at a front desk. */
function minutes(hour = '0', minute = '0', half?: string, until = Number.POSITIVE_INFINITY): number {
  const h = Number(hour);
  const pm = half === 'p' || (half === undefined && h < 8);
  const value = ((h % 12) + (pm || (half === undefined && h >= 12) ? 12 : 0)) * 60 + Number(minute);
  return value > until && value >= 720 ? value - 720 : value;
}

function hhmm(value: number): string {
  const bounded = Math.min(Math.max(value, 0), 23 * 60 + 59);
  return `${String(Math.floor(bounded / 60)).padStart(2, '0')}:${String(bounded % 60).padStart(2, '0')}`;
}

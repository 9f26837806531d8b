const separator = String.raw`[\s\p{Pd}.]{0,3}`;
/** Digits with at most spaces, dashes or dots between them, and whether they are written as a phone number with `+`. */
const digitRun = new RegExp(String.raw`(?<plus>\+\s?)?\d(?:${separator}\d){12,}`, 'gu');
const group = /\d+/g;
const shortestCard = 13;
const longestCard = 19;

/** Replaces payment card numbers by a marker that keeps the last four digits. Phone numbers stay. */
export function redactCardNumbers(body: string): { text: string; found: boolean } {
  const text = body.replaceAll(digitRun, (run, plus: string | undefined) => redactRun(run, plus !== undefined));
  return { text, found: text !== body };
}

/** A run may hold more than the card: a phone number before it, an expiry date after it. Its groups tell them apart. */
function redactRun(run: string, isPhone: boolean): string {
  const groups = [...run.matchAll(group)].map((match) => ({ digits: match[0], at: match.index }));
  const longest = isPhone ? 15 : 0;
  for (let first = 0; first < groups.length; first++) {
    const nearby = withinLongestCard(groups, first);
    for (let last = nearby.length; last > 0; last--) {
      const window = nearby.slice(0, last);
      const digits = window.map((part) => part.digits).join('');
      const whole = window.length === groups.length;
      if (digits.length <= longest || !(whole || isCardShaped(window)) || !isCardNumber(digits)) continue;
      if (isPhoneNumbers(window.map((part) => part.digits.length))) continue;
      const start = window[0]?.at ?? 0;
      const end = (window.at(-1)?.at ?? 0) + (window.at(-1)?.digits.length ?? 0);
      return `${run.slice(0, start)}[card ending ${digits.slice(-4)}]${redactCardNumbers(run.slice(end)).text}`;
    }
  }
  return run;
}

/** The groups from `first` on that one card could hold. Without this bound a text of digits alone takes seconds. */
function withinLongestCard<Group extends { digits: string }>(groups: readonly Group[], first: number): Group[] {
  const nearby: Group[] = [];
  let length = 0;
  for (let n = first; n < groups.length; n++) {
    const next = groups[n];
    if (next === undefined || length + next.digits.length > longestCard) break;
    length += next.digits.length;
    nearby.push(next);
  }
  return nearby;
}

/** One group, or the groups printed on cards: fours with a shorter end (4-4-4-4), or 4-6-5 and 4-6-4. */
function isCardShaped(groups: readonly { digits: string }[]): boolean {
  const lengths = groups.map(({ digits }) => digits.length).join('-');
  return /^(?:\d+|4(?:-4)+(?:-[1-3])?|4-6-[45])$/.test(lengths);
}

/** Phone numbers written one after another, as people group them. */
function isPhoneNumbers(lengths: readonly number[]): boolean {
  return /^(?:(?:1-)?(?:3-3-4|3-7|10|11|3-4)(?:-(?=\d)|$))+$/.test(lengths.join('-'));
}

function isCardNumber(digits: string): boolean {
  return digits.length >= shortestCard && digits.length <= longestCard && !/^0+$/.test(digits) && passesLuhn(digits);
}

function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let n = 0; n < digits.length; n++) {
    const digit = Number(digits[digits.length - 1 - n]);
    const doubled = n % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

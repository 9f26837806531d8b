/** Zero to twelve, each at its place. */
export const smallNumbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

export const largeNumbers: Record<string, number> = {
  thirteen: 13,
  fourteen: 14,
  fifteen: 15,
  sixteen: 16,
  seventeen: 17,
  eighteen: 18,
  nineteen: 19,
  twenty: 20,
  thirty: 30,
  forty: 40,
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

export function cents(amount: string | undefined): number {
  return Math.round(Number((amount ?? '').replaceAll(',', '')) * 100);
}

export function wordNumber(words: string | undefined): number {
  let [total, part] = [0, 0];
  for (const word of (words ?? '').toLowerCase().split(/[- ]/)) {
    if (word === 'hundred') part *= 100;
    else if (word === 'thousand') [total, part] = [total + part * 1000, 0];
    else part += largeNumbers[word] ?? Math.max(smallNumbers.indexOf(word), 0);
  }
  return total + part;
}

export const hourOf = (word: string | undefined) => String(smallNumbers.indexOf((word ?? '').toLowerCase()));
export const monthOf = (name: string | undefined) => months.indexOf((name ?? '').toLowerCase()) + 1;

export function unitOf(name: string | undefined): string {
  const singular = (name ?? '').toLowerCase().replace(/s$/, '');
  return { min: 'minute', hr: 'hour' }[singular] ?? singular;
}

export function spokenPart(part: string | undefined, hour: string | undefined, ampm: string | undefined): number[] {
  const digits = /^\d+$/.test(hour ?? '') ? hour : hourOf(hour);
  const offset = { 'half past': 30, 'quarter past': 15, 'quarter to': -15 }[(part ?? '').toLowerCase()] ?? 0;
  return clock(digits, undefined, ampm).map((minute) => (minute + offset + 1440) % 1440);
}

export function clock(hour: string | undefined, minute: string | undefined, part: string | undefined): number[] {
  const [value, past] = [Number(hour), Number(minute ?? 0)];
  if (value > 24) return [];
  const morning = (value % 12) * 60 + past;
  if (part !== undefined) return [part.toLowerCase().startsWith('p') ? morning + 720 : morning];
  return value > 12 ? [value * 60 + past] : [morning, morning + 720];
}

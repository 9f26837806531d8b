import { parsePhoneNumber } from '@frontdesk/kernel';

/** A number that Twilio sells. */
export interface TwilioNumberForSale {
  number: string;
  locality?: string;
  /** Two letters. */
  state?: string;
  tollFree?: boolean;
  /** Whether it takes texts, and files with them. */
  sms?: boolean;
  mms?: boolean;
}

export interface NumberShelf {
  find: (query: URLSearchParams, kind: 'local' | 'toll-free') => readonly TwilioNumberForSale[];
  has: (number: string) => boolean;
  /** Takes the number from the shelf. */
  take: (number: string) => void;
  /** Somebody gave it back. */
  putBack: (number: string) => void;
  /** From now on these are all that there are. */
  fill: (numbers: readonly TwilioNumberForSale[]) => void;
}

/** Where the codes of the shelf are; others are sold under the name of no place. */
const places: Readonly<Record<string, readonly [locality: string, state: string]>> = {
  '212': ['New York', 'NY'],
  '305': ['Miami', 'FL'],
  '312': ['Chicago', 'IL'],
  '415': ['San Francisco', 'CA'],
  '480': ['Scottsdale', 'AZ'],
  '512': ['Austin', 'TX'],
  '602': ['Phoenix', 'AZ'],
};
const tollFreeCodes = ['888', '877', '866'];
const perCode = 60;
const usualPage = 50;

/** Unless filled, it has sixty numbers of every area code that is asked for. */
export function createNumberShelf(): NumberShelf {
  let filled: readonly TwilioNumberForSale[] | null = null;
  const taken = new Set<string>();
  const isFree = ({ number }: TwilioNumberForSale) => !taken.has(number) && parsePhoneNumber(number) !== null;

  return {
    find(query, kind) {
      const codes = kind === 'toll-free' ? tollFreeCodes : [query.get('AreaCode') ?? Object.keys(places)].flat();
      const size = Number(query.get('PageSize') ?? usualPage);
      return (filled ?? codes.flatMap(numbersOf))
        .filter((each) => (each.tollFree === true) === (kind === 'toll-free'))
        .filter((each) => isFree(each) && fits(each, query))
        .slice(0, size);
    },
    has: (number) => (filled ?? numbersOf(number.slice(2, 5))).some((each) => each.number === number && isFree(each)),
    take: (number) => void taken.add(number),
    putBack: (number) => void taken.delete(number),
    fill(numbers) {
      filled = numbers;
      taken.clear();
    },
  };
}

function numbersOf(code: string): TwilioNumberForSale[] {
  const [locality, state] = places[code] ?? [];
  return Array.from({ length: perCode }, (_, n) => ({
    number: `+1${code}555${String(300 + n * 17).padStart(4, '0')}`,
    ...(locality !== undefined && { locality }),
    ...(state !== undefined && { state }),
    tollFree: tollFreeCodes.includes(code),
  }));
}

function fits(each: TwilioNumberForSale, query: URLSearchParams): boolean {
  const wants = (name: string, holds: (value: string) => boolean) => {
    const value = query.get(name);
    return value === null || holds(value);
  };
  return (
    wants('AreaCode', (value) => each.number.startsWith(`+1${value}`)) &&
    wants('Contains', (value) => patternOf(value).test(each.number)) &&
    wants('InLocality', (value) => each.locality?.toUpperCase() === value.toUpperCase()) &&
    wants('InRegion', (value) => each.state === value.toUpperCase()) &&
    wants('SmsEnabled', (value) => String(each.sms ?? true) === value) &&
    wants('MmsEnabled', (value) => String(each.mms ?? true) === value)
  );
}

/** `*` is any digit, `%` any digits, `+` the beginning and `$` the end. */
function patternOf(contains: string): RegExp {
  const inner = contains.replaceAll('*', '.').replaceAll('%', '.*');
  return new RegExp(inner.replace(/^\+/, '^\\+'));
}

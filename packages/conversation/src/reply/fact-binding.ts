import { matchService } from '../understanding/services.ts';
import { straighten } from '../understanding/words.ts';
import { bindDay, bindTime, type Known } from './bind-times.ts';
import type { Claim } from './claim.ts';
import { claimsOf, sentencesOf } from './claims.ts';
import { unknownNames } from './names.ts';
import { unknownPolicies } from './policies.ts';
import { recordedIn, type Records } from './records.ts';

/** What of a reply stands in a record, with where; and what does not, in the reply's own words. */
export type Binding = { bound: { words: string; origin: string }[]; unbound: string[] };

/** Holds a reply against the records. A reply with anything unbound must not leave. */
export function bindToRecords(reply: string, records: Records): Binding {
  const known: Known = { records, recorded: recordedIn(records.texts), said: recordedIn(records.said) };
  const binding: Binding = { bound: [], unbound: [] };
  for (const sentence of sentencesOf(reply)) {
    const claims = claimsOf(withoutNames(sentence, records));
    for (const claim of claims) {
      const origin = originOf(claim, { sentence, claims, known });
      if (origin === null) binding.unbound.push(claim.words);
      else binding.bound.push({ words: claim.words, origin });
    }
    binding.unbound.push(...unknownNames(sentence, records), ...unknownPolicies(sentence, records));
  }
  return { ...binding, unbound: [...new Set(binding.unbound)] };
}

/** A clinic or a service may have a number in its name, which claims nothing. Everything else stays where it stood. */
function withoutNames(sentence: string, { clinicName, services }: Records): string {
  return [clinicName, ...services.flatMap(({ name, aliases }) => [name, ...aliases])]
    .filter((name) => /\d/.test(name))
    .map((name) => new RegExp(`(?<!\\w)${RegExp.escape(straighten(name))}(?!\\w)`, 'gi'))
    .reduce((rest, name) => rest.replace(name, (found) => ' '.repeat(found.length)), sentence);
}

type Place = { sentence: string; claims: readonly Claim[]; known: Known };

function originOf(claim: Claim, place: Place): string | null {
  const { records, recorded } = place.known;
  const inRecord = (fits: (other: Claim) => boolean) => (recorded.some((entry) => fits(entry.claim)) ? 'record' : null);
  switch (claim.kind) {
    case 'link':
      return records.texts.some((text) =>
        text.toLowerCase().includes(claim.words.toLowerCase().replace(/[.,!?)]+$/, '')),
      )
        ? 'record'
        : null;
    case 'phone':
      return records.texts.some((text) => digits(text).includes(digits(claim.words))) ? 'record' : null;
    case 'amount':
      return amountOrigin(claim.cents, place);
    case 'percent':
      return inRecord((other) => other.kind === 'percent' && other.value === claim.value);
    case 'quantity':
      return quantityOrigin(claim, place);
    case 'time':
      return bindTime(claim, place);
    case 'day':
    case 'date':
    case 'relative-day':
      return bindDay(claim, place);
    case 'number':
      return records.texts.some((text) => numbersOf(text).has(claim.value)) || timeNumbers(place.known).has(claim.value)
        ? 'record'
        : null;
  }
}

/** An amount is bound to what it is the price of: another service's price, or a price as a deposit, is not the truth. */
function amountOrigin(cents: number, { sentence, known: { records, recorded } }: Place): string | null {
  const named = matchService(sentence, records.services);
  const services = named.kind === 'one' ? [named.service] : named.kind === 'several' ? named.services : null;
  const aboutDeposit = /\bdeposit/i.test(sentence);
  if (aboutDeposit && records.deposits.some((deposit) => deposit.cents === cents)) return 'deposit rule';
  const prices = aboutDeposit && services === null ? [] : (services ?? records.services);
  if (prices.some(({ price }) => price.cents === cents)) return 'price list';
  const written = recorded.find(({ claim, sentence: source }) => {
    if (claim.kind !== 'amount' || claim.cents !== cents) return false;
    if (aboutDeposit !== /\bdeposit/i.test(source)) return false;
    const about = matchService(source, records.services);
    if (services === null || about.kind === 'none') return true;
    const sources = about.kind === 'one' ? [about.service] : about.services;
    return sources.some((service) => services.includes(service));
  });
  return written === undefined ? null : 'record';
}

function quantityOrigin(
  claim: Extract<Claim, { kind: 'quantity' }>,
  { sentence, known: { records, recorded } }: Place,
): string | null {
  const same = (other: Claim) => other.kind === 'quantity' && other.value === claim.value && other.unit === claim.unit;
  if (recorded.some((entry) => same(entry.claim))) return 'record';
  if (claim.unit !== 'minute') return null;
  if (/\b(hold|held|holding|keep|kept|reserve\w*)\b/i.test(sentence) && claim.value === records.holdMinutes)
    return 'hold';
  const named = matchService(sentence, records.services);
  const services =
    named.kind === 'one' ? [named.service] : named.kind === 'several' ? named.services : records.services;
  return services.some(({ minutes }) => minutes === claim.value) ? 'service list' : null;
}

const digits = (text: string) => text.replace(/\D/g, '');

function numbersOf(text: string): Set<number> {
  return new Set((text.match(/\d[\d,]*(?:\.\d+)?/g) ?? []).map((number) => Number(number.replaceAll(',', ''))));
}

function timeNumbers({ records }: Known): Set<number> {
  return new Set(
    records.times.flatMap(({ date, minute }) => [date.day, date.year, ((Math.floor(minute / 60) + 11) % 12) + 1]),
  );
}

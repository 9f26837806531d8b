import { present, type Id, type PhoneNumber } from '@frontdesk/kernel';
import type pg from 'pg';
import type { Addressee, Clinic } from '../acceptance/webhook.ts';
import { jsonRows } from './json-rows.ts';

/** Finds the clinic of each addressee, in their order; null where no clinic has the number or the merchant. */
export type FindClinics = (addressees: readonly Addressee[]) => Promise<(Clinic | null)[]>;

/** A number that went to another clinic is followed after this long; a number that is new, at once. */
const rememberForMs = 1_000;
const rememberAtMost = 10_000;

/** Looks clinics up before any tenant is known, and remembers the answers for a moment. */
export function createClinicFinder(pool: pg.Pool): FindClinics {
  const remembered = new Map<string, { clinic: Clinic; until: number }>();

  const recall = (key: string): Clinic | undefined => {
    const entry = remembered.get(key);
    if (entry !== undefined && entry.until > performance.now()) return entry.clinic;
    remembered.delete(key);
    return undefined;
  };
  const remember = (key: string, clinic: Clinic) => {
    if (remembered.size >= rememberAtMost) remembered.clear();
    remembered.set(key, { clinic, until: performance.now() + rememberForMs });
  };

  return async (addressees) => {
    const wanted = new Map(addressees.flatMap(placesOf));
    const known = new Map<string, Clinic>();
    for (const key of wanted.keys()) {
      const clinic = recall(key);
      if (clinic !== undefined) known.set(key, clinic);
    }
    const places = [...wanted].filter(([key]) => !known.has(key)).map(([, place]) => place);
    for (const [key, clinic] of await lookUp(pool, places)) {
      known.set(key, clinic);
      remember(key, clinic);
    }
    return addressees.map((addressee) => {
      const key = placesOf(addressee).find(([place]) => known.has(place))?.[0];
      return key === undefined ? null : present(known.get(key), 'the clinic just found');
    });
  };
}

type Place = { number: PhoneNumber } | { merchant: string; location: string };

function placesOf(addressee: Addressee): [key: string, place: Place][] {
  if (addressee.by === 'number') return addressee.numbers.map((number) => [number, { number }]);
  if (addressee.by !== 'square') return [];
  const { merchantId, locationId } = addressee;
  if (locationId === null) return [];
  return [[squareKey(merchantId, locationId), { merchant: merchantId, location: locationId }]];
}

async function lookUp(pool: pg.Pool, places: readonly Place[]): Promise<[key: string, clinic: Clinic][]> {
  const numbers = places.flatMap((place) => ('number' in place ? [place.number] : []));
  const merchants = places.flatMap((place) => ('merchant' in place ? [place] : []));
  return [...(await byNumber(pool, numbers)), ...(await byMerchant(pool, merchants))];
}

async function byNumber(pool: pg.Pool, numbers: readonly PhoneNumber[]): Promise<[key: string, clinic: Clinic][]> {
  if (numbers.length === 0) return [];
  const { rows } = await pool.query<{ e164: PhoneNumber; org_id: Id; call_handling: string }>({
    name: 'clinics-by-number',
    text: 'select e164, org_id, call_handling from route_numbers($1)',
    values: [numbers],
  });
  return rows.map(({ e164, org_id: orgId, call_handling: callHandling }) => [
    e164,
    { orgId, number: e164, callHandling },
  ]);
}

async function byMerchant(
  pool: pg.Pool,
  places: readonly { merchant: string; location: string }[],
): Promise<[key: string, clinic: Clinic][]> {
  if (places.length === 0) return [];
  const { rows } = await pool.query<{ merchant: string; location: string; org_id: Id }>({
    name: 'clinics-by-merchant',
    text: `
      select p.merchant, p.location, r.org_id
      from jsonb_to_recordset($1::jsonb) as p (merchant text, location text)
      cross join lateral route_square(p.merchant, p.location) r`,
    values: [jsonRows(places)],
  });
  return rows.map(({ merchant, location, org_id: orgId }) => [
    squareKey(merchant, location),
    { orgId, number: null, callHandling: null },
  ]);
}

function squareKey(merchant: string, location: string): string {
  return `${merchant} ${location}`;
}

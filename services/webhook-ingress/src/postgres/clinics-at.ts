import { toInstant } from '@frontdesk/db';
import type { Id, PhoneNumber } from '@frontdesk/kernel';
import type pg from 'pg';
import type { Clinic } from '../acceptance/webhook.ts';
import { jsonRows } from './json-rows.ts';

/** Where a webhook may have come to. Its key is known by it again. */
export type Place = { key: string } & (
  | { by: 'number'; number: PhoneNumber }
  | { by: 'whatsapp'; phoneNumberId: string }
  | { by: 'whatsapp-number'; number: PhoneNumber }
  | { by: 'registration'; provider: string; subject: string; externalId: string }
  | { by: 'square'; merchant: string; location: string }
);
type PlaceOf<By extends Place['by']> = Extract<Place, { by: By }>;
type Found = [key: string, clinic: Clinic];

const nobody: Omit<Clinic, 'orgId'> = { number: null, callHandling: null, since: null, registrationId: null };

/** The clinics that have these places, by key. */
export async function clinicsAt(pool: pg.Pool, places: readonly Place[]): Promise<Found[]> {
  const of = <By extends Place['by']>(by: By) => places.filter((place): place is PlaceOf<By> => place.by === by);
  const found = await Promise.all([
    byNumber(pool, of('number')),
    bySender(pool, [...of('whatsapp'), ...of('whatsapp-number')]),
    byRegistration(pool, of('registration')),
    byMerchant(pool, of('square')),
  ]);
  return found.flat();
}

async function byNumber(pool: pg.Pool, places: readonly PlaceOf<'number'>[]): Promise<Found[]> {
  if (places.length === 0) return [];
  const { rows } = await pool.query<{ e164: PhoneNumber; org_id: Id; call_handling: string; assigned_at: Date }>({
    name: 'clinics-by-number',
    text: 'select e164, org_id, call_handling, assigned_at from clinics_of_numbers($1)',
    values: [places.map(({ number }) => number)],
  });
  return rows.map(({ e164, org_id: orgId, call_handling: callHandling, assigned_at: since }) => [
    e164,
    { ...nobody, orgId, number: e164, callHandling, since: toInstant(since) },
  ]);
}

async function bySender(pool: pg.Pool, places: readonly PlaceOf<'whatsapp' | 'whatsapp-number'>[]): Promise<Found[]> {
  if (places.length === 0) return [];
  const { rows } = await pool.query<{
    phone_number_id: string | null;
    e164: PhoneNumber;
    org_id: Id;
    id: Id;
    assigned_at: Date;
  }>({
    name: 'clinics-by-sender',
    text: 'select phone_number_id, e164, org_id, id, assigned_at from route_whatsapp($1, $2)',
    values: [
      places.flatMap((place) => (place.by === 'whatsapp' ? [place.phoneNumberId] : [])),
      places.flatMap((place) => (place.by === 'whatsapp-number' ? [place.number] : [])),
    ],
  });
  return places.flatMap((place): Found[] => {
    const row = rows.find(({ phone_number_id: id, e164 }) =>
      place.by === 'whatsapp' ? id === place.phoneNumberId : e164 === place.number,
    );
    if (row === undefined) return [];
    const { org_id: orgId, e164: number, id: registrationId } = row;
    return [[place.key, { ...nobody, orgId, number, since: toInstant(row.assigned_at), registrationId }]];
  });
}

async function byRegistration(pool: pg.Pool, places: readonly PlaceOf<'registration'>[]): Promise<Found[]> {
  if (places.length === 0) return [];
  const { rows } = await pool.query<{ key: string; org_id: Id; id: Id }>({
    name: 'clinics-by-registration',
    text: `
      select p.key, r.org_id, r.id
      from jsonb_to_recordset($1::jsonb) as p (key text, provider text, subject text, "externalId" text)
      cross join lateral route_registration(p.provider, p.subject, p."externalId") r`,
    values: [jsonRows(places)],
  });
  return rows.map(({ key, org_id: orgId, id: registrationId }) => [key, { ...nobody, orgId, registrationId }]);
}

async function byMerchant(pool: pg.Pool, places: readonly PlaceOf<'square'>[]): Promise<Found[]> {
  if (places.length === 0) return [];
  const { rows } = await pool.query<{ key: string; org_id: Id }>({
    name: 'clinics-by-merchant',
    text: `
      select p.key, r.org_id
      from jsonb_to_recordset($1::jsonb) as p (key text, merchant text, location text)
      cross join lateral route_square(p.merchant, p.location) r`,
    values: [jsonRows(places)],
  });
  return rows.map(({ key, org_id: orgId }) => [key, { ...nobody, orgId }]);
}

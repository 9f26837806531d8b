import { sealToken, type TokenKeys } from '@frontdesk/payments';
import type pg from 'pg';

/** A clinic as it is set up: everything the desk must know before its first text. Times are `HH:MM`, local. */
export type ClinicDefinition = {
  id: string;
  name: string;
  timeZone: string;
  location: {
    id: string;
    name: string;
    address: string;
    number: string;
    messagingProfileId: string;
    callHandling: 'ring' | 'reject';
  };
  /** By ISO weekday. */
  hours: Partial<Record<Weekday, readonly [opens: string, closes: string]>>;
  services: readonly ServiceDefinition[];
  practitioners: readonly PractitionerDefinition[];
  facts: readonly { id: string; topic: string; answer: string }[];
  staff: readonly { id: string; name: string; phone: string }[];
  /** Null: the clinic takes no deposits. */
  depositAccount: { merchantId: string; squareLocationId: string; accessToken: string } | null;
};

type Weekday = '1' | '2' | '3' | '4' | '5' | '6' | '7';

export type ServiceDefinition = {
  id: string;
  name: string;
  discreetName: string;
  aliases: readonly string[];
  minutes: number;
  priceCents: number;
  priceUnit: string;
  depositNewCents: number;
  depositReturningCents: number;
};

export type PractitionerDefinition = {
  id: string;
  name: string;
  title: string;
  hours: Partial<Record<Weekday, readonly [starts: string, ends: string]>>;
  serviceIds: readonly string[];
};

/** Writes the clinic in one transaction, as the owner of the database. A clinic that is there already stays as it is. */
export async function seedClinic(owner: pg.Pool | pg.Client, clinic: ClinicDefinition, keys: TokenKeys): Promise<void> {
  const { location } = clinic;
  const rows = {
    services: clinic.services,
    practitioners: clinic.practitioners,
    hours: Object.entries(clinic.hours).map(([weekday, [opens, closes]]) => ({ weekday, opens, closes })),
    practitioner_hours: clinic.practitioners.flatMap(({ id, hours }) =>
      Object.entries(hours).map(([weekday, [starts, ends]]) => ({ id, weekday, starts, ends })),
    ),
    practitioner_services: clinic.practitioners.flatMap(({ id, serviceIds }) =>
      serviceIds.map((service) => ({ id, service })),
    ),
    facts: clinic.facts,
    staff: clinic.staff,
  };
  const json = (name: keyof typeof rows) => JSON.stringify(rows[name]);
  const statements: [sql: string, values: unknown[]][] = [
    ["select set_config('app.org_ids', $1, true)", [clinic.id]],
    ['insert into organizations (id, name, time_zone) values ($1, $2, $3)', [clinic.id, clinic.name, clinic.timeZone]],
    [
      'insert into locations (org_id, id, name, address, time_zone) values ($1, $2, $3, $4, $5)',
      [clinic.id, location.id, location.name, location.address, clinic.timeZone],
    ],
    [
      `insert into phone_numbers (e164, org_id, location_id, messaging_profile_id, call_handling)
       values ($1, $2, $3, $4, $5)
       on conflict (e164) do update set org_id = excluded.org_id, location_id = excluded.location_id,
         messaging_profile_id = excluded.messaging_profile_id, assigned_at = now()`,
      [location.number, clinic.id, location.id, location.messagingProfileId, location.callHandling],
    ],
    [
      `insert into opening_hours (org_id, location_id, weekday, opens, closes)
       select $1, $2, weekday, opens, closes
       from jsonb_to_recordset($3) as h (weekday smallint, opens time, closes time)`,
      [clinic.id, location.id, json('hours')],
    ],
    [
      `insert into services (org_id, id, name, discreet_name, aliases, duration_minutes, price_cents, price_unit,
         deposit_new_cents, deposit_returning_cents)
       select $1, id, name, "discreetName", aliases, minutes, "priceCents", "priceUnit", "depositNewCents",
         "depositReturningCents"
       from jsonb_to_recordset($2) as s (id uuid, name text, "discreetName" text, aliases text[], minutes int,
         "priceCents" int, "priceUnit" text, "depositNewCents" int, "depositReturningCents" int)`,
      [clinic.id, json('services')],
    ],
    [
      `insert into practitioners (org_id, id, location_id, name, title)
       select $1, id, $2, name, title from jsonb_to_recordset($3) as p (id uuid, name text, title text)`,
      [clinic.id, location.id, json('practitioners')],
    ],
    [
      `insert into practitioner_hours (org_id, practitioner_id, weekday, starts, ends)
       select $1, id, weekday, starts, ends
       from jsonb_to_recordset($2) as h (id uuid, weekday smallint, starts time, ends time)`,
      [clinic.id, json('practitioner_hours')],
    ],
    [
      `insert into practitioner_services (org_id, practitioner_id, service_id)
       select $1, id, service from jsonb_to_recordset($2) as s (id uuid, service uuid)`,
      [clinic.id, json('practitioner_services')],
    ],
    [
      `insert into clinic_facts (org_id, id, topic, answer)
       select $1, id, topic, answer from jsonb_to_recordset($2) as f (id uuid, topic text, answer text)`,
      [clinic.id, json('facts')],
    ],
    [
      `insert into staff_members (org_id, id, name, phone)
       select $1, id, name, phone from jsonb_to_recordset($2) as s (id uuid, name text, phone text)`,
      [clinic.id, json('staff')],
    ],
  ];
  if (clinic.depositAccount !== null) {
    const { merchantId, squareLocationId, accessToken } = clinic.depositAccount;
    const { sealed, keyId } = sealToken(accessToken, clinic.id, keys);
    statements.push([
      `insert into deposit_accounts (org_id, location_id, merchant_id, square_location_id, access_token, access_token_key_id)
       values ($1, $2, $3, $4, $5, $6)`,
      [clinic.id, location.id, merchantId, squareLocationId, sealed, keyId],
    ]);
  }
  await inTransaction(owner, async (client) => {
    const { rowCount } = await client.query('select 1 from organizations where id = $1', [clinic.id]);
    if (rowCount !== 0) return;
    for (const [sql, values] of statements) await client.query(sql, values);
  });
}

async function inTransaction(
  owner: pg.Pool | pg.Client,
  work: (client: pg.ClientBase) => Promise<void>,
): Promise<void> {
  const pooled = 'totalCount' in owner ? await owner.connect() : null;
  const client = pooled ?? (owner as pg.Client); // a client when it is no pool
  try {
    await client.query('begin');
    await work(client);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    pooled?.release();
  }
}

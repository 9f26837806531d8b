import type { TenantTransaction } from '@frontdesk/db';
import { Conflict } from '@frontdesk/kernel';
import type { ClinicDefinition } from '../clinic-definition.ts';

/** How the deposit account's token is kept: encrypted, with the id of its key. */
export type SealedAccount = { merchantId: string; squareLocationId: string; sealed: Buffer; keyId: string };

/**
 * Writes the clinic as it is defined, in the owner's transaction: what is there is changed, what is new is added, and what
 * the definition does not name stays. Without an account, one that is there stays as well. A clinic that had left is back.
 * @throws Conflict when another clinic has its number
 */
export async function writeClinic(
  tx: TenantTransaction,
  clinic: ClinicDefinition,
  account: SealedAccount | null,
): Promise<void> {
  await writeSite(tx, clinic);
  await writeTextRules(tx, clinic);
  await writeTextsAroundVisits(tx, clinic);
  await writeOwnTexts(tx, clinic);
  await writeMenu(tx, clinic);
  await writePeople(tx, clinic);
  if (account !== null) await writeAccount(tx, clinic, account);
}

async function writeSite(tx: TenantTransaction, { id, name, timeZone, location, hours }: ClinicDefinition) {
  await tx.$executeRaw`
    insert into organizations (id, name, time_zone) values (${id}::uuid, ${name}, ${timeZone})
    on conflict (id) do update set name = excluded.name, time_zone = excluded.time_zone, left_at = null`;
  await tx.$executeRaw`
    insert into locations (org_id, id, name, address, time_zone)
    values (${id}::uuid, ${location.id}::uuid, ${location.name}, ${location.address}, ${timeZone})
    on conflict (org_id, id) do update
    set name = excluded.name, address = excluded.address, time_zone = excluded.time_zone`;
  const numbers = await tx.$executeRaw`
    insert into phone_numbers (e164, org_id, location_id, carrier, messaging_profile_id, call_handling)
    values (${location.number}, ${id}::uuid, ${location.id}::uuid, ${location.carrier ?? 'telnyx'},
      ${location.messagingProfileId}, ${location.callHandling})
    on conflict (e164) do update set org_id = excluded.org_id, location_id = excluded.location_id, carrier = excluded.carrier,
      messaging_profile_id = excluded.messaging_profile_id, call_handling = excluded.call_handling
    where phone_numbers.org_id = excluded.org_id`;
  if (numbers === 0) throw new Conflict(`another clinic has ${location.number}: it has to release it first`);
  const days = Object.entries(hours).map(([weekday, [opens, closes]]) => ({ weekday, opens, closes }));
  await tx.$executeRaw`
    delete from opening_hours where org_id = ${id}::uuid and location_id = ${location.id}::uuid`;
  await tx.$executeRaw`
    insert into opening_hours (org_id, location_id, weekday, opens, closes)
    select ${id}::uuid, ${location.id}::uuid, weekday, opens, closes
    from jsonb_to_recordset(${JSON.stringify(days)}::jsonb) as h (weekday smallint, opens time, closes time)`;
}

async function writeTextRules(tx: TenantTransaction, { id, textHours, linkHosts, language }: ClinicDefinition) {
  if (textHours !== undefined) {
    const [from, until] = textHours;
    await tx.$executeRaw`
      update organizations set texts_from = ${from}::time, texts_until = ${until}::time where id = ${id}::uuid`;
  }
  if (linkHosts !== undefined) {
    await tx.$executeRaw`update organizations set link_hosts = ${[...linkHosts]}::text[] where id = ${id}::uuid`;
  }
  if (language !== undefined) {
    await tx.$executeRaw`update organizations set language = ${language} where id = ${id}::uuid`;
  }
}

async function writeTextsAroundVisits(tx: TenantTransaction, { id, reminders, followUps }: ClinicDefinition) {
  if (reminders !== undefined) {
    await tx.$executeRaw`
      update organizations set reminder_minutes = ${[...reminders]}::int[] where id = ${id}::uuid`;
  }
  if (followUps?.afterOffer !== undefined) {
    await tx.$executeRaw`
      update organizations set offer_follow_up_minutes = ${followUps.afterOffer}::int where id = ${id}::uuid`;
  }
  if (followUps?.afterVisit !== undefined) {
    const { minutesAfter, text } = followUps.afterVisit ?? { minutesAfter: null, text: null };
    await tx.$executeRaw`
      update organizations set visit_follow_up_minutes = ${minutesAfter}::int, visit_follow_up_text = ${text}
      where id = ${id}::uuid`;
  }
}

async function writeOwnTexts(tx: TenantTransaction, { id, keywordTexts, missedCallText }: ClinicDefinition) {
  if (keywordTexts !== undefined) {
    await tx.$executeRaw`
      update organizations set keyword_texts = ${JSON.stringify(keywordTexts)}::jsonb where id = ${id}::uuid`;
  }
  if (missedCallText !== undefined) {
    await tx.$executeRaw`
      update organizations set missed_call_wording = ${missedCallText} where id = ${id}::uuid`;
  }
}

async function writeMenu(tx: TenantTransaction, { id, services, facts }: ClinicDefinition) {
  await tx.$executeRaw`
    insert into services (org_id, id, name, discreet_name, aliases, duration_minutes, price_cents, price_unit,
      deposit_new_cents, deposit_returning_cents)
    select ${id}::uuid, id, name, "discreetName", aliases, minutes, "priceCents", "priceUnit", "depositNewCents",
      "depositReturningCents"
    from jsonb_to_recordset(${JSON.stringify(services)}::jsonb) as s (id uuid, name text, "discreetName" text,
      aliases text[], minutes int, "priceCents" int, "priceUnit" text, "depositNewCents" int, "depositReturningCents" int)
    on conflict (org_id, id) do update set name = excluded.name, discreet_name = excluded.discreet_name,
      aliases = excluded.aliases, duration_minutes = excluded.duration_minutes, price_cents = excluded.price_cents,
      price_unit = excluded.price_unit, deposit_new_cents = excluded.deposit_new_cents,
      deposit_returning_cents = excluded.deposit_returning_cents`;
  await tx.$executeRaw`
    insert into clinic_facts (org_id, id, topic, answer)
    select ${id}::uuid, id, topic, answer
    from jsonb_to_recordset(${JSON.stringify(facts)}::jsonb) as f (id uuid, topic text, answer text)
    on conflict (org_id, id) do update set topic = excluded.topic, answer = excluded.answer`;
}

async function writePeople(tx: TenantTransaction, { id, location, practitioners, staff }: ClinicDefinition) {
  const hours = practitioners.flatMap((each) =>
    Object.entries(each.hours).map(([weekday, [starts, ends]]) => ({ id: each.id, weekday, starts, ends })),
  );
  const does = practitioners.flatMap((each) => each.serviceIds.map((service) => ({ id: each.id, service })));
  const theirs = JSON.stringify(practitioners.map((each) => each.id));
  await tx.$executeRaw`
    insert into practitioners (org_id, id, location_id, name, title)
    select ${id}::uuid, id, ${location.id}::uuid, name, title
    from jsonb_to_recordset(${JSON.stringify(practitioners)}::jsonb) as p (id uuid, name text, title text)
    on conflict (org_id, id) do update set name = excluded.name, title = excluded.title`;
  await tx.$executeRaw`
    delete from practitioner_hours where org_id = ${id}::uuid
      and practitioner_id in (select p::uuid from jsonb_array_elements_text(${theirs}::jsonb) as p)`;
  await tx.$executeRaw`
    insert into practitioner_hours (org_id, practitioner_id, weekday, starts, ends)
    select ${id}::uuid, id, weekday, starts, ends
    from jsonb_to_recordset(${JSON.stringify(hours)}::jsonb) as h (id uuid, weekday smallint, starts time, ends time)`;
  await tx.$executeRaw`
    delete from practitioner_services where org_id = ${id}::uuid
      and practitioner_id in (select p::uuid from jsonb_array_elements_text(${theirs}::jsonb) as p)`;
  await tx.$executeRaw`
    insert into practitioner_services (org_id, practitioner_id, service_id)
    select ${id}::uuid, id, service
    from jsonb_to_recordset(${JSON.stringify(does)}::jsonb) as s (id uuid, service uuid)`;
  await tx.$executeRaw`
    insert into staff_members (org_id, id, name, phone)
    select ${id}::uuid, id, name, phone
    from jsonb_to_recordset(${JSON.stringify(staff)}::jsonb) as s (id uuid, name text, phone text)
    on conflict (org_id, id) do update set name = excluded.name, phone = excluded.phone`;
}

async function writeAccount(tx: TenantTransaction, { id, location }: ClinicDefinition, account: SealedAccount) {
  await tx.$executeRaw`
    insert into deposit_accounts (org_id, location_id, merchant_id, square_location_id, access_token, access_token_key_id)
    values (${id}::uuid, ${location.id}::uuid, ${account.merchantId}, ${account.squareLocationId}, ${account.sealed},
      ${account.keyId})
    on conflict (org_id, location_id) do update set merchant_id = excluded.merchant_id,
      square_location_id = excluded.square_location_id, access_token = excluded.access_token,
      access_token_key_id = excluded.access_token_key_id`;
}

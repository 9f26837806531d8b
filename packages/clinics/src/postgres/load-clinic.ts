import type { TenantTransaction } from '@frontdesk/db';
import { money, NotFound, parsePhoneNumber, type Id } from '@frontdesk/kernel';
import type { Clinic, Location, OpeningHours, Service, Weekday } from '../clinic.ts';

type Row = {
  name: string;
  time_zone: string;
  missed_call_text: boolean;
  missed_call_wording: string | null;
  numbers: string[];
  locations: {
    id: string;
    name: string;
    address: string;
    time_zone: string;
    takes_deposits: boolean;
    hours: { weekday: number; opens: string; closes: string }[];
  }[];
  services: {
    id: string;
    name: string;
    discreet_name: string;
    aliases: string[];
    duration_minutes: number;
    price_cents: number;
    price_unit: string;
    currency: string;
    deposit_new_cents: number;
    deposit_returning_cents: number;
  }[];
};

/**
 * The clinic with its locations, hours, services and numbers, in one round trip.
 * @throws NotFound when the transaction does not see this clinic
 */
export async function loadClinic(tx: TenantTransaction, orgId: Id): Promise<Clinic> {
  const [row] = await tx.$queryRaw<Row[]>`
    select o.name, o.time_zone, o.missed_call_text, o.missed_call_wording,
      array(select e164 from phone_numbers where org_id = o.id order by assigned_at) as numbers,
      (select coalesce(jsonb_agg(jsonb_build_object(
          'id', l.id, 'name', l.name, 'address', l.address, 'time_zone', l.time_zone,
          'takes_deposits', exists (select from deposit_accounts d where d.org_id = l.org_id and d.location_id = l.id),
          'hours', (select coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'opens', opens, 'closes', closes)
              order by weekday), '[]')
            from opening_hours h where h.org_id = l.org_id and h.location_id = l.id)) order by l.name), '[]')
        from locations l where l.org_id = o.id) as locations,
      (select coalesce(jsonb_agg(to_jsonb(s) order by s.name), '[]') from services s where s.org_id = o.id and s.active)
        as services
    from organizations o where o.id = ${orgId}::uuid`;
  if (row === undefined) throw new NotFound(`clinic ${orgId} is not known`);
  return {
    id: orgId,
    name: row.name,
    timeZone: row.time_zone,
    missedCallText: row.missed_call_text,
    missedCallWording: row.missed_call_wording,
    numbers: row.numbers.map(parsePhoneNumber).filter((number) => number !== null),
    locations: row.locations.map(toLocation),
    services: row.services.map(toService),
  };
}

function toLocation(row: Row['locations'][number]): Location {
  return {
    id: row.id,
    name: row.name,
    address: row.address,
    timeZone: row.time_zone,
    takesDeposits: row.takes_deposits,
    hours: row.hours.map(({ weekday, opens, closes }): OpeningHours => ({
      weekday: weekday as Weekday, // a check constraint keeps it between 1 and 7
      opens: Temporal.PlainTime.from(opens),
      closes: Temporal.PlainTime.from(closes),
    })),
  };
}

function toService(row: Row['services'][number]): Service {
  return {
    id: row.id,
    name: row.name,
    discreetName: row.discreet_name,
    aliases: row.aliases,
    duration: Temporal.Duration.from({ minutes: row.duration_minutes }),
    price: money(row.price_cents, row.currency),
    priceUnit: row.price_unit,
    deposit: {
      new: money(row.deposit_new_cents, row.currency),
      returning: money(row.deposit_returning_cents, row.currency),
    },
  };
}

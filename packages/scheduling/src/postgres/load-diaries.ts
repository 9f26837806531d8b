import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { Diary, WorkingHours } from '../free-times.ts';
import type { Weekday } from '../appointment.ts';

type HoursRow = { weekday: number; opens: string; closes: string };
type Row = {
  minutes: number;
  id: string;
  name: string;
  time_zone: string;
  location_hours: HoursRow[];
  own_hours: HoursRow[];
  busy: { starts_at: string; ends_at: string }[];
};

/** The service's length and the diaries of all who do it, in one round trip. No diary when nobody does it. */
export async function loadDiaries(
  tx: TenantTransaction,
  { orgId, serviceId, now }: { orgId: Id; serviceId: Id; now: Temporal.Instant },
): Promise<{ minutes: number; diaries: Diary[] }> {
  const rows = await tx.$queryRaw<Row[]>`
    select s.duration_minutes as minutes, p.id, p.name, l.time_zone,
      (select coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'opens', opens, 'closes', closes)), '[]')
        from opening_hours h where h.org_id = p.org_id and h.location_id = p.location_id) as location_hours,
      (select coalesce(jsonb_agg(jsonb_build_object('weekday', weekday, 'opens', starts, 'closes', ends)), '[]')
        from practitioner_hours h where h.org_id = p.org_id and h.practitioner_id = p.id) as own_hours,
      (select coalesce(jsonb_agg(jsonb_build_object('starts_at', starts_at, 'ends_at', ends_at)), '[]')
        from appointments a
        where a.org_id = p.org_id and a.practitioner_id = p.id and a.ends_at > ${toDate(now)}
          and (a.state = 'confirmed' or (a.state = 'held' and a.hold_expires_at > ${toDate(now)}))) as busy
    from services s
      join practitioner_services d on d.org_id = s.org_id and d.service_id = s.id
      join practitioners p on p.org_id = d.org_id and p.id = d.practitioner_id and p.active
      join locations l on l.org_id = p.org_id and l.id = p.location_id
    where s.org_id = ${orgId}::uuid and s.id = ${serviceId}::uuid and s.active
    order by p.name, p.id`;
  return { minutes: rows[0]?.minutes ?? 0, diaries: rows.map(toDiary) };
}

function toDiary(row: Row): Diary {
  return {
    practitionerId: row.id,
    practitionerName: row.name,
    timeZone: row.time_zone,
    locationHours: row.location_hours.map(toHours),
    ownHours: row.own_hours.map(toHours),
    busy: row.busy.map(({ starts_at, ends_at }) => ({
      startsAt: Temporal.Instant.from(starts_at),
      endsAt: Temporal.Instant.from(ends_at),
    })),
  };
}

function toHours({ weekday, opens, closes }: HoursRow): WorkingHours {
  return {
    weekday: weekday as Weekday, // a check constraint keeps it between 1 and 7
    opens: Temporal.PlainTime.from(opens),
    closes: Temporal.PlainTime.from(closes),
  };
}

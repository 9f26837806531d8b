import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { zonesOfPerson } from '../quiet-hours/zones-of-person.ts';
import type { DueText } from '../scheduled/reason-to-send.ts';
import type { ScheduledKind } from '../scheduled/scheduled-text.ts';
import type { VisitInWords } from '../scheduled/scheduled-words.ts';
import { answersToOffer, type AnswersToOffer } from './answers-to-offer.ts';

/** A scheduled text whose row this transaction holds, with what it needs to be judged and worded. */
export type LockedScheduledText = DueText & {
  contactId: Id;
  conversationId: Id;
  to: string;
  from: string;
  clinicName: string;
  firstName: string | null;
  appointment: { id: Id; startsAt: Temporal.Instant } | null;
  visit: VisitInWords | null;
  /** The clinic's own words for after a visit. */
  visitFollowUpText: string | null;
  /** Hosts of the clinic's own links. */
  linkHosts: readonly string[];
  causationId: string | null;
};

type Row = {
  kind: ScheduledKind;
  contact_id: Id;
  conversation_id: Id;
  appointment_id: Id | null;
  appointment_starts_at: Date | null;
  due_at: Date;
  expires_at: Date;
  causation_id: string | null;
  phone: string;
  person_zone: string | null;
  clinic_number: string;
  clinic_name: string;
  first_name: string | null;
  visit_follow_up_text: string | null;
  link_hosts: string[];
  visit_name: string | null;
  address: string | null;
  place_zone: string | null;
  visit_changed: boolean;
  opted_out: boolean;
  followed_up: boolean;
};

/** Null when it is not scheduled any more, or somebody else is at it. */
export async function lockScheduledText(
  tx: TenantTransaction,
  { orgId, id, now }: { orgId: Id; id: Id; now: Temporal.Instant },
): Promise<LockedScheduledText | null> {
  const [row] = await tx.$queryRaw<Row[]>`
    select s.kind, s.contact_id, s.conversation_id, s.appointment_id, s.appointment_starts_at, s.due_at, s.expires_at,
      s.causation_id, p.phone, p.time_zone as person_zone, c.clinic_number,
      o.name as clinic_name, d.first_name, o.visit_follow_up_text, o.link_hosts,
      case when p.detail_agreed_at is null then v.discreet_name else v.name end as visit_name, l.address, l.time_zone as place_zone,
      s.appointment_id is not null
        and (a.state <> 'confirmed' or a.starts_at <> s.appointment_starts_at) as visit_changed,
      exists (select from opt_outs x where x.org_id = s.org_id and x.phone = p.phone)
        or is_erased_opt_out(s.org_id, p.phone) as opted_out,
      exists (select from scheduled_texts e
        where e.org_id = s.org_id and e.conversation_id = s.conversation_id and e.kind = s.kind and e.state = 'asked'
          and not exists (select from inbound_messages i
            where i.org_id = s.org_id and i.conversation_id = s.conversation_id and i.created_at > e.state_at))
        as followed_up
    from scheduled_texts s
      join organizations o on o.id = s.org_id
      join contacts p on p.org_id = s.org_id and p.id = s.contact_id
      join conversations c on c.org_id = s.org_id and c.id = s.conversation_id
      left join leads d on d.org_id = s.org_id and d.contact_id = s.contact_id
      left join appointments a on a.org_id = s.org_id and a.id = s.appointment_id
      left join locations l on l.org_id = a.org_id and l.id = a.location_id
      left join services v on v.org_id = a.org_id and v.id = a.service_id
    where s.org_id = ${orgId}::uuid and s.id = ${id}::uuid and s.state = 'scheduled'
    for update of s skip locked`;
  if (row === undefined) return null;
  return { ...toLocked(row), ...(await answersToOffer(tx, { orgId, scheduledId: id, now })) };
}

function toLocked(row: Row): Omit<LockedScheduledText, keyof AnswersToOffer> {
  const startsAt = row.appointment_starts_at === null ? null : toInstant(row.appointment_starts_at);
  return {
    kind: row.kind,
    dueAt: toInstant(row.due_at),
    expiresAt: toInstant(row.expires_at),
    contactId: row.contact_id,
    conversationId: row.conversation_id,
    to: row.phone,
    from: row.clinic_number,
    clinicName: row.clinic_name,
    firstName: row.first_name,
    causationId: row.causation_id,
    optedOut: row.opted_out,
    visitChanged: row.visit_changed,
    followedUp: row.followed_up,
    visitFollowUpText: row.visit_follow_up_text,
    linkHosts: row.link_hosts,
    appointment: startsAt === null || row.appointment_id === null ? null : { id: row.appointment_id, startsAt },
    visit: startsAt === null ? null : visitInWords(row, startsAt),
  };
}

function visitInWords(row: Row, startsAt: Temporal.Instant): VisitInWords {
  const { phone, person_zone: personZone, place_zone: placeZone } = row;
  const timeZone = placeZone ?? 'UTC';
  return {
    clinicName: row.clinic_name,
    firstName: row.first_name,
    visitName: row.visit_name ?? 'visit',
    startsAt,
    timeZone,
    personZones: zonesOfPerson({ phone, personZone, clinicZone: timeZone }),
    address: row.address ?? '',
    clinicNumber: row.clinic_number,
  };
}

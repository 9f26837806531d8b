import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { planVisitTexts } from '../scheduled/plan-visit-texts.ts';
import { lostReasons } from '../scheduled/reason-to-send.ts';
import type { PlannedText, ScheduledRow } from '../scheduled/scheduled-text.ts';
import { lockPlan, writeScheduledTexts } from './write-scheduled-texts.ts';

type Planning = { orgId: Id; appointmentId: Id; causationId: string | null; now: Temporal.Instant };

type Row = {
  contact_id: Id;
  conversation_id: Id;
  starts_at: Date;
  ends_at: Date;
  confirmed: boolean;
  told_at: Date;
  reminder_minutes: number[];
  follow_up_minutes: number | null;
};

/**
 * Makes the texts around a visit what they should be as the visit is now: scheduled while it is confirmed, again after it
 * was moved, cancelled when it is. Returns the rows that are newly scheduled.
 */
export async function scheduleVisitTexts(tx: TenantTransaction, planning: Planning): Promise<ScheduledRow[]> {
  const { orgId, appointmentId: id, causationId, now } = planning;
  await lockPlan(tx, id);
  const [row] = await tx.$queryRaw<Row[]>`
    select a.contact_id, a.conversation_id, a.starts_at, a.ends_at, a.state = 'confirmed' as confirmed,
      coalesce(a.moved_at, a.confirmed_at, a.created_at) as told_at, o.reminder_minutes,
      o.visit_follow_up_minutes as follow_up_minutes
    from appointments a join organizations o on o.id = a.org_id
    where a.org_id = ${orgId}::uuid and a.id = ${id}::uuid`;
  if (row === undefined) return [];
  const startsAt = toInstant(row.starts_at);
  const visit = { appointmentId: id, startsAt, endsAt: toInstant(row.ends_at), toldAt: toInstant(row.told_at) };
  const rules = { reminderMinutes: row.reminder_minutes, followUpMinutes: row.follow_up_minutes };
  const plan = row.confirmed ? planVisitTexts(visit, rules) : [];
  await cancelAllBut(tx, planning, { plan, startsAt, confirmed: row.confirmed });
  const person = { contactId: row.contact_id, conversationId: row.conversation_id };
  return writeScheduledTexts(tx, { orgId, person, about: { appointment: { id, startsAt } }, plan, causationId, now });
}

async function cancelAllBut(
  tx: TenantTransaction,
  { orgId, appointmentId, now }: Planning,
  visit: { plan: readonly PlannedText[]; startsAt: Temporal.Instant; confirmed: boolean },
): Promise<void> {
  await tx.$executeRaw`
    update scheduled_texts
    set state = 'cancelled', state_at = ${toDate(now)}, reason = case
      when ${visit.confirmed} and appointment_starts_at = ${toDate(visit.startsAt)}::timestamptz
        then ${lostReasons['no-longer-planned']} else ${lostReasons['visit-changed']} end
    where org_id = ${orgId}::uuid and appointment_id = ${appointmentId}::uuid and state = 'scheduled'
      and cause_key <> all (${visit.plan.map(({ causeKey }) => causeKey)}::text[])`;
}

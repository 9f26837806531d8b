import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import { lostReasons, type LostReason } from '../scheduled/reason-to-send.ts';
import type { PlannedText, ScheduledRow } from '../scheduled/scheduled-text.ts';

export type Schedule = {
  orgId: Id;
  person: { contactId: Id; conversationId: Id };
  about: { appointment: { id: Id; startsAt: Temporal.Instant } } | { offeredAt: Temporal.Instant };
  plan: readonly PlannedText[];
  causationId: string | null;
  now: Temporal.Instant;
};

/**
 * Keeps whoever else plans texts about the same thing waiting until this transaction ends. Take it before reading what
 * the plan is made from, so that the last one to plan has seen everything.
 */
export async function lockPlan(tx: TenantTransaction, about: string): Promise<void> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`scheduled-texts:${about}`}, 0))`;
}

/**
 * Writes what is planned, and returns what alarms are to be set for. What is scheduled already stays; what was cancelled
 * is scheduled again; what was asked for or dropped is over.
 */
export async function writeScheduledTexts(tx: TenantTransaction, schedule: Schedule): Promise<ScheduledRow[]> {
  const { orgId, person, about, plan, causationId, now } = schedule;
  if (plan.length === 0) return [];
  const appointment = 'appointment' in about ? about.appointment : null;
  const planned = plan.map(({ kind, dueAt, expiresAt, causeKey }) => ({
    id: newId(),
    kind,
    due_at: dueAt.toString(),
    expires_at: expiresAt.toString(),
    cause_key: causeKey,
  }));
  const rows = await tx.$queryRaw<{ id: Id; due_at: Date }[]>`
    insert into scheduled_texts as s (org_id, id, kind, contact_id, conversation_id, appointment_id,
      appointment_starts_at, offered_at, due_at, expires_at, cause_key, causation_id, created_at, state_at)
    select ${orgId}::uuid, id, kind, ${person.contactId}::uuid, ${person.conversationId}::uuid,
      ${appointment?.id ?? null}::uuid, ${appointment === null ? null : toDate(appointment.startsAt)}::timestamptz,
      ${'offeredAt' in about ? toDate(about.offeredAt) : null}::timestamptz, due_at, expires_at, cause_key,
      ${causationId}::uuid, ${toDate(now)}::timestamptz, ${toDate(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(planned)}::jsonb)
      as p (id uuid, kind text, due_at timestamptz, expires_at timestamptz, cause_key text)
    on conflict (org_id, cause_key) do update
      set state = 'scheduled', reason = null, due_at = excluded.due_at, expires_at = excluded.expires_at,
        causation_id = excluded.causation_id, state_at = excluded.state_at
      where s.state = 'cancelled' or s.state = 'scheduled'
        and (s.due_at, s.expires_at) is distinct from (excluded.due_at, excluded.expires_at)
    returning id, due_at`;
  return rows.map(({ id, due_at }) => ({ id, dueAt: toInstant(due_at) }));
}

/** Ends a text that is scheduled. */
export async function endScheduledText(
  tx: TenantTransaction,
  end: {
    orgId: Id;
    id: Id;
    state: 'asked' | 'cancelled' | 'dropped';
    reason: LostReason | null;
    now: Temporal.Instant;
  },
): Promise<void> {
  await tx.$executeRaw`
    update scheduled_texts
    set state = ${end.state}, reason = ${end.reason === null ? null : lostReasons[end.reason]},
      state_at = ${toDate(end.now)}
    where org_id = ${end.orgId}::uuid and id = ${end.id}::uuid and state = 'scheduled'`;
}

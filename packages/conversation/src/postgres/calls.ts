import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { NotFound, type Id } from '@frontdesk/kernel';
import type { CallOutcome } from '../missed-call.ts';

export type Call = {
  id: Id;
  conversationId: Id | null;
  contactId: Id | null;
  fromNumber: string | null;
  toNumber: string;
  answeredAt: Temporal.Instant | null;
  hangupCause: string | null;
  decideAt: Temporal.Instant | null;
  outcome: CallOutcome | null;
  fromStaff: boolean;
  fromClinic: boolean;
  optedOut: boolean;
  textedForACallLately: boolean;
  textingNow: boolean;
  handedOff: boolean;
};

type Row = {
  conversation_id: string | null;
  contact_id: string | null;
  from_number: string | null;
  to_number: string;
  answered_at: Date | null;
  hangup_cause: string | null;
  decide_at: Date | null;
  outcome: CallOutcome | null;
  from_staff: boolean;
  from_clinic: boolean;
  opted_out: boolean;
  texted_lately: boolean;
  texting_now: boolean;
  handed_off: boolean;
};

/** When the call may be judged; null when it is not known or already judged. */
export async function decideAt(
  tx: TenantTransaction,
  { orgId, callId }: { orgId: Id; callId: Id },
): Promise<Temporal.Instant | null> {
  const [row] = await tx.$queryRaw<{ decide_at: Date | null }[]>`
    select decide_at from calls where org_id = ${orgId}::uuid and id = ${callId}::uuid and outcome is null`;
  return row?.decide_at == null ? null : toInstant(row.decide_at);
}

/**
 * The call with all that its judgement needs; `lately` begins the window in which a caller is texted back once. What a replay
 * wrote without its effects counts for nothing. Other calls of this person wait until the transaction ends.
 */
export async function lockCall(
  tx: TenantTransaction,
  { orgId, callId, lately, handOffMs }: { orgId: Id; callId: Id; lately: Temporal.Instant; handOffMs: number },
): Promise<Call> {
  await tx.$queryRaw`
    select c.id from conversations c join calls on calls.org_id = c.org_id and calls.conversation_id = c.id
    where calls.org_id = ${orgId}::uuid and calls.id = ${callId}::uuid
    for no key update of c`;
  const [row] = await tx.$queryRaw<Row[]>`
    select calls.*, c.contact_id, coalesce(c.state = 'handed_off' and (c.handed_off_at > now() - ${handOffMs} * interval '1 millisecond') is not false, false)
        as handed_off,
      exists (select from staff_members s where s.org_id = calls.org_id and s.phone = calls.from_number) as from_staff,
      exists (select from phone_numbers n where n.org_id = calls.org_id and n.e164 = calls.from_number) as from_clinic,
      exists (select from opt_outs o where o.org_id = calls.org_id and o.phone = calls.from_number) as opted_out,
      exists (select from outbound_messages m where m.org_id = calls.org_id and m.conversation_id = calls.conversation_id
        and m.class = 'missed-call' and m.state <> 'suppressed' and m.created_at > ${toDate(lately)}) as texted_lately,
      exists (select from inbound_messages i where i.org_id = calls.org_id and i.conversation_id = calls.conversation_id
        and coalesce(i.handled_by, '') not in ('keyword', 'withheld') and i.created_at > ${toDate(lately)})
        as texting_now
    from calls left join conversations c on c.org_id = calls.org_id and c.id = calls.conversation_id
    where calls.org_id = ${orgId}::uuid and calls.id = ${callId}::uuid`;
  if (row === undefined) throw new NotFound(`call ${callId} is not known`);
  return {
    id: callId,
    conversationId: row.conversation_id,
    contactId: row.contact_id,
    fromNumber: row.from_number,
    toNumber: row.to_number,
    answeredAt: row.answered_at === null ? null : toInstant(row.answered_at),
    hangupCause: row.hangup_cause,
    decideAt: row.decide_at === null ? null : toInstant(row.decide_at),
    outcome: row.outcome,
    fromStaff: row.from_staff,
    fromClinic: row.from_clinic,
    optedOut: row.opted_out,
    textedForACallLately: row.texted_lately,
    textingNow: row.texting_now,
    handedOff: row.handed_off,
  };
}

/** Returns false when the call was judged before. */
export async function recordOutcome(
  tx: TenantTransaction,
  { orgId, callId, outcome }: { orgId: Id; callId: Id; outcome: CallOutcome },
): Promise<boolean> {
  const written = await tx.$executeRaw`
    update calls set outcome = ${outcome}
    where org_id = ${orgId}::uuid and id = ${callId}::uuid and outcome is null`;
  return written === 1;
}

import type { OperatorDatabase, OperatorTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';

/** What an operator did. Without a clinic it concerned all of them. */
export type OperatorAct = {
  orgId: Id | null;
  /** Who: the audit names them `operator:<name>`. */
  operator: string;
  action: 'queue.purged' | 'dead-letter.redriven' | 'dead-letter.dismissed';
  subject: { type: 'queue' | 'parked-message' | 'sqs-message'; id: string };
  at: Temporal.Instant;
  details?: Record<string, string | number>;
};

/** Writes the act into the audit of the clinic, or of each. A clinic that is not here has none. */
export async function auditAct(
  tx: Pick<OperatorTransaction, '$executeRaw'>,
  { orgId, operator, action, subject, at, details = {} }: OperatorAct,
): Promise<void> {
  await tx.$executeRaw`
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
    select organizations.id, gen_random_uuid(),
      ${`operator:${operator}`}, ${action}, ${subject.type}, ${subject.id}, ${JSON.stringify(details)}::jsonb,
      ${at.toString()}::timestamptz
    from organizations where ${orgId}::uuid is null or organizations.id = ${orgId}::uuid`;
}

/** What operators did with messages of a dead-letter queue, which itself remembers nothing. */
export async function findPastActs(
  database: OperatorDatabase,
  ids: readonly string[],
): Promise<{ id: string; how: 'redriven' | 'dismissed'; by: string; at: Date }[]> {
  return database.query`
    select distinct on (subject_id) subject_id as id, split_part(action, '.', 2) as how,
      substr(actor, length('operator:') + 1) as by, at
    from audit_log
    where action in ('dead-letter.redriven', 'dead-letter.dismissed') and subject_type = 'sqs-message'
      and subject_id = any (${ids})
    order by subject_id, at desc`;
}

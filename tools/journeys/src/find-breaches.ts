import type { Desk } from './desk.ts';

/** What must never be, each as a question to the rows that answers with what breaks it. */
const questions: Record<string, string> = {
  'an inbound text that nobody took': `
    select id::text from inbound_messages where handled_by is null`,
  'a text that neither left, failed, was suppressed nor is known to be unknown': `
    select id::text from outbound_messages where state in ('queued', 'sending')`,
  'a text whose fate is unknown without a task for staff': `
    select id::text from outbound_messages m where state = 'unknown'
      and not exists (select from staff_tasks t where t.message_id = m.id)`,
  'more than one attempt that the carrier took for one text': `
    select message_id::text from send_attempts where outcome = 'accepted' group by message_id having count(*) > 1`,
  'more than one answer to one turn': `
    select cause_key from outbound_messages group by org_id, cause_key having count(*) > 1`,
  'two live visits of one practitioner at the same time': `
    select a.id::text from appointments a join appointments b on a.org_id = b.org_id and a.practitioner_id = b.practitioner_id
      and a.id < b.id and tstzrange(a.starts_at, a.ends_at) && tstzrange(b.starts_at, b.ends_at)
    where a.state in ('held', 'confirmed') and b.state in ('held', 'confirmed')`,
  'a paid deposit without a confirmed visit': `
    select d.id::text from deposits d join appointments a on a.org_id = d.org_id and a.id = d.appointment_id
    where d.state = 'paid' and a.state <> 'confirmed'`,
  'a deposit captured twice': `
    select deposit_id::text from ledger_entries where kind = 'captured' group by deposit_id having count(*) > 1`,
  'a visit confirmed before its deposit was paid': `
    select a.id::text from appointments a join deposits d on d.org_id = a.org_id and d.appointment_id = a.id
    where a.state = 'confirmed' and d.state <> 'paid'`,
  'an event that is not published': `
    select event_id::text from outbox`,
  'a message that a consumer refused': `
    select reason from parked_messages`,
};

/** Everything that broke, in words; empty when the desk kept its promises. Ask when it has come to rest. */
export async function findBreaches(desk: Desk): Promise<string[]> {
  const breaches: string[] = [];
  for (const [what, sql] of Object.entries(questions)) {
    const { rows } = await desk.rows.query<Record<string, string>>(sql);
    if (rows.length > 0) breaches.push(`${what}: ${rows.flatMap((row) => Object.values(row)).join(', ')}`);
  }
  return [...breaches, ...(await textsSentTwice(desk)), ...linksMadeTwice(desk)];
}

/** Counted at the carrier: its accepted texts by the row that each attempt belongs to. */
async function textsSentTwice(desk: Desk): Promise<string[]> {
  const { rows } = await desk.rows.query<{ id: string; message_id: string }>(
    'select id, message_id from send_attempts',
  );
  const messageOf = new Map(rows.map(({ id, message_id }) => [id, message_id]));
  const counts = new Map<string, number>();
  for (const { webhookUrl } of desk.simulators.telnyx.accepted) {
    const attempt = webhookUrl === null ? null : new URL(webhookUrl).searchParams.get('attempt');
    const message = messageOf.get(attempt ?? '');
    if (message === undefined) return ['the carrier took a text that no attempt accounts for'];
    counts.set(message, (counts.get(message) ?? 0) + 1);
  }
  return [...counts].filter(([, times]) => times > 1).map(([message, times]) => `text ${message} left ${times} times`);
}

function linksMadeTwice(desk: Desk): string[] {
  const links = Map.groupBy(desk.simulators.square.links, ({ idempotencyKey }) => idempotencyKey);
  return [...links].filter(([, made]) => made.length > 1).map(([key]) => `two payment links for ${key}`);
}

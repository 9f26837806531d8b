import { toDate, toInstant, type TenantTransaction } from '@frontdesk/db';
import { newId, present, type Id } from '@frontdesk/kernel';
import { contentWarnings } from '../content/content-warnings.ts';
import { plainPunctuation } from '../plain-punctuation.ts';
import { costOn, splitOn } from '../segments/parts-on-channel.ts';
import type { TextClass } from '../text-class.ts';
import { leavesBySms } from '../whatsapp/sms-instead.ts';
import { actor } from './actor.ts';
import { findSmsLine } from './find-sms-line.ts';
import { writeText } from './write-text.ts';

type Row = {
  class: TextClass; // a check constraint keeps it among the classes
  kind: string;
  from_number: string;
  to_number: string;
  words: string;
  cause_key: string;
  contact_id: Id | null;
  conversation_id: Id | null;
  expires_at: Date | null;
  appointment_id: Id | null;
  appointment_starts_at: Date | null;
};

/** How the causes' keys of the later parts begin, behind which their number stands; those that it had on WhatsApp are its `:part-2` and on. */
export const smsPartsOf = (causeKey: string): string => `${causeKey}:part-sms-`;

type Text = { orgId: Id; messageId: Id; now: Temporal.Instant };

/** What the words of a text of WhatsApp are as SMS. */
export const smsOf = (words: string): string[] => splitOn.sms(plainPunctuation(words));

/** Remembers of a try that the person was not on WhatsApp then, whenever that came to be known: they may have written there since. */
export async function noteAbsence(
  tx: TenantTransaction,
  { orgId, attemptId }: { orgId: Id; attemptId: Id },
): Promise<void> {
  await tx.$executeRaw`
    update outbound_messages m set not_on_whatsapp_at = a.started_at
    from send_attempts a
    where a.org_id = ${orgId}::uuid and a.id = ${attemptId}::uuid and m.org_id = a.org_id and m.id = a.message_id and m.channel = 'whatsapp'`;
}

/**
 * Makes an SMS of a text of WhatsApp, in its own row, so that it stays one text of one cause; it is due at once and passes the gate as
 * any other. For a text whose row this transaction holds, and that no carrier has. False: it may not leave so, and nothing has changed.
 */
export async function leaveBySms(
  tx: TenantTransaction,
  { orgId, messageId, triedAt, now }: Text & { triedAt: Temporal.Instant | null },
): Promise<boolean> {
  const row = await readText(tx, { orgId, messageId });
  if (row === undefined) return false;
  const line = (await findSmsLine(tx, { orgId, sender: row.from_number }))?.number ?? null;
  const expiresAt = row.expires_at === null ? null : toInstant(row.expires_at);
  const text = { class: row.class, to: row.to_number, line, expiresAt };
  if (line === null || !leavesBySms(text, { triedAt, now })) return false;
  const [first = '', ...more] = smsOf(row.words);
  const cost = costOn('sms', first);
  const warnings = contentWarnings(first).map(({ code }) => code);
  await tx.$executeRaw`
    with text as (
      update outbound_messages
      set channel = 'sms', from_number = ${line}, body = ${first}, asked_body = null, template_id = null,
        segments = ${cost?.segments ?? null}::smallint, encoding = ${cost?.encoding ?? null}, content_warnings = ${warnings}::text[],
        state = 'queued', reason = null, provider_message_id = null, state_at = ${toDate(now)}, next_attempt_at = ${toDate(now)}
      where org_id = ${orgId}::uuid and id = ${messageId}::uuid
      returning org_id, id
    )
    insert into audit_log (org_id, id, actor, action, subject_type, subject_id, at)
    select org_id, ${newId()}::uuid, ${actor}, 'text leaves by SMS', 'outbound_message', id, ${toDate(now)} from text`;
  for (const [index, body] of more.entries()) {
    const causeKey = `${smsPartsOf(row.cause_key)}${index + 2}`;
    await writePart(tx, { orgId, row, line, body, causeKey, now });
  }
  return true;
}

async function readText(tx: TenantTransaction, { orgId, messageId }: Omit<Text, 'now'>): Promise<Row | undefined> {
  const rows = await tx.$queryRaw<Row[]>`
    select class, kind, from_number, to_number, coalesce(asked_body, body) as words, cause_key, contact_id, conversation_id,
      expires_at, appointment_id, appointment_starts_at
    from outbound_messages where org_id = ${orgId}::uuid and id = ${messageId}::uuid and channel = 'whatsapp'
      and state in ('queued', 'sending', 'unknown', 'sent', 'failed')`;
  return rows[0];
}

/** The rest of what is too long for one SMS. */
async function writePart(
  tx: TenantTransaction,
  { row, line, ...part }: { orgId: Id; row: Row; line: string; body: string; causeKey: string; now: Temporal.Instant },
): Promise<void> {
  const { expires_at: expiresAt, appointment_id: appointmentId, appointment_starts_at: startsAt } = row;
  const conversationId = present(row.conversation_id, 'the conversation');
  await writeText(tx, {
    ...part,
    id: newId(),
    recipient: { contactId: present(row.contact_id, 'the contact'), conversationId },
    from: line,
    to: row.to_number,
    channel: 'sms',
    class: row.class,
    kind: row.kind,
    ...(expiresAt !== null && { expiresAt: toInstant(expiresAt) }),
    ...(appointmentId !== null &&
      startsAt !== null && { appointment: { id: appointmentId, startsAt: toInstant(startsAt) } }),
    correlationId: conversationId,
    causationId: null,
  });
}

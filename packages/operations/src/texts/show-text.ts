import type { OperatorDatabase } from '@frontdesk/db';
import { NotFound } from '@frontdesk/kernel';
import { listTexts, type StoredText } from './list-texts.ts';

/** One try to hand the text to a carrier. */
export type TextAttempt = {
  id: string;
  number: number;
  /** `sms` or `whatsapp`: a text may have gone from one to the other. */
  channel: string;
  carrier: string;
  outcome: string | null;
  errorCode: string | null;
  /** The carrier's own id of it. */
  carrierId: string | null;
  startedAt: string;
  finishedAt: string | null;
};

export type TextStory = StoredText & { tries: TextAttempt[]; openTasks: string[] };

type Row = Omit<TextAttempt, 'startedAt' | 'finishedAt'> & { startedAt: Date; finishedAt: Date | null };

/**
 * A text with its tries, and the kinds of the tasks that staff have because of it.
 * @throws NotFound when there is none
 */
export async function showText(database: OperatorDatabase, id: string): Promise<TextStory> {
  const [text] = await listTexts(database, { ids: [id] }, 1);
  if (text === undefined) throw new NotFound(`no text ${id} is known`);
  const tries = await database.query<Row>`
    select a.id, a.number::int, coalesce(a.channel, m.channel) as channel, a.provider as carrier, a.outcome, a.error_code as "errorCode",
      a.provider_message_id as "carrierId", a.started_at as "startedAt", a.finished_at as "finishedAt"
    from send_attempts a join outbound_messages m on m.org_id = a.org_id and m.id = a.message_id
    where a.org_id = ${text.orgId}::uuid and a.message_id = ${id}::uuid order by a.number limit 100`;
  const tasks = await database.query<{ kind: string }>`
    select kind from staff_tasks
    where org_id = ${text.orgId}::uuid and message_id = ${id}::uuid and resolved_at is null order by created_at limit 20`;
  return {
    ...text,
    tries: tries.map(({ startedAt, finishedAt, ...attempt }) => ({
      ...attempt,
      startedAt: startedAt.toISOString(),
      finishedAt: finishedAt?.toISOString() ?? null,
    })),
    openTasks: tasks.map(({ kind }) => kind),
  };
}

import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { queueUrl } from '@frontdesk/queue';
import type pg from 'pg';
import { producer } from './outbox.ts';

type Row = { id: string; queue: string; group_id: string; event_id: string; body: string };

/** What a first version looks like: the oldest row, one SendMessage, one DELETE, the next row. */
export async function relayNaively(pool: pg.Pool, sqs: SQSClient): Promise<void> {
  while (true) {
    const { rows } = await pool.query<Row>({
      name: 'naive-oldest',
      text: `select id::text, queue, group_id, event_id, envelope::text as body from outbox
             where producer = $1 order by outbox.id limit 100`,
      values: [producer],
    });
    if (rows.length === 0) return;
    for (const row of rows) {
      await sqs.send(
        new SendMessageCommand({
          QueueUrl: await queueUrl(sqs, row.queue),
          MessageBody: row.body,
          MessageGroupId: row.group_id,
          MessageDeduplicationId: row.event_id,
        }),
      );
      await pool.query({ name: 'naive-delete', text: 'delete from outbox where id = $1', values: [row.id] });
    }
  }
}

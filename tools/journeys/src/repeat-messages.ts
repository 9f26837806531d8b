import { SendMessageCommand } from '@aws-sdk/client-sqs';
import { contexts } from '@frontdesk/contracts';
import { newId } from '@frontdesk/kernel';
import { queueUrl } from '@frontdesk/queue';
import { until } from '@frontdesk/testkit';
import type { Desk } from './desk.ts';
import { queueDepth } from './queue-depth.ts';

/** Everything that was ever published comes once more, newest first and each in a group of its own, and is taken. */
export async function repeatAllMessages({ rows, sqs }: Desk): Promise<number> {
  const published = await rows.query<{ queue: string; body: string }>(
    'select queue, envelope::text as body from event_log order by published_at desc, event_id desc',
  );
  for (const { queue, body } of published.rows) {
    const again = newId();
    await sqs.send(
      new SendMessageCommand({
        QueueUrl: await queueUrl(sqs, queue),
        MessageBody: body,
        MessageGroupId: again,
        MessageDeduplicationId: again,
      }),
    );
  }
  for (const { queue } of Object.values(contexts)) {
    await until(`${queue} is empty`, async () => (await queueDepth(sqs, queue)) === 0, 60_000, 100);
  }
  return published.rows.length;
}

import { GetQueueAttributesCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { contexts } from '@frontdesk/contracts';
import { newId } from '@frontdesk/kernel';
import { createSqs, queueUrl } from '@frontdesk/queue';
import type { Desk } from './desk.ts';
import { eventually } from './eventually.ts';

/** Everything that was ever published comes once more, newest first and each in a group of its own, and is taken. */
export async function repeatAllMessages(desk: Desk): Promise<number> {
  const sqs = createSqs({ endpoint: desk.sqsEndpoint, region: 'us-east-1' });
  try {
    const { rows } = await desk.rows.query<{ queue: string; body: string }>(
      'select queue, envelope::text as body from event_log order by published_at desc, event_id desc',
    );
    for (const { queue, body } of rows) {
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
      const QueueUrl = await queueUrl(sqs, queue);
      await eventually(`${queue} is empty`, async () => {
        const { Attributes = {} } = await sqs.send(
          new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }),
        );
        const { ApproximateNumberOfMessages: waiting, ApproximateNumberOfMessagesNotVisible: inHand } = Attributes;
        return waiting === '0' && inHand === '0';
      });
    }
    return rows.length;
  } finally {
    sqs.destroy();
  }
}

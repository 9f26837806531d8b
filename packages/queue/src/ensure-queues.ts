import { CreateQueueCommand, GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { contexts, maxReceiveCount, queueAttributes } from '@frontdesk/contracts';
import { present } from '@frontdesk/kernel';

/** Makes every queue of the contracts with its dead-letter queue, where no infrastructure code does. Repeating it is harmless. */
export async function ensureQueues(sqs: SQSClient): Promise<void> {
  await Promise.all(
    Object.values(contexts).map(async ({ queue, deadLetterQueue }) => {
      const deadLetterTargetArn = await arnOf(sqs, await create(sqs, deadLetterQueue, queueAttributes));
      const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount });
      await create(sqs, queue, { ...queueAttributes, RedrivePolicy });
    }),
  );
}

async function create(sqs: SQSClient, name: string, attributes: Record<string, string>): Promise<string> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: attributes }));
  return present(QueueUrl, `the address of queue ${name}`);
}

async function arnOf(sqs: SQSClient, url: string): Promise<string> {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] }));
  return present(Attributes?.['QueueArn'], `the ARN of ${url}`);
}

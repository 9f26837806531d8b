import { GetQueueAttributesCommand, type QueueAttributeName, type SQSClient } from '@aws-sdk/client-sqs';
import { contexts, maxReceiveCount, queueAttributes } from '@frontdesk/contracts';
import { NotFound } from '@frontdesk/kernel';
import { queueAddress } from '../queues/queue-address.ts';
import { doubtful, fine, wrong, type Finding } from './finding.ts';

type Attributes = Partial<Record<QueueAttributeName, string>>;

const mendAttributes = 'deploy the queues anew (infra), or let `npm start` make them';

/** Each queue and dead-letter queue of the contracts: that it is there, made as the contracts say, and tied to its other. */
export async function examineQueues(sqs: SQSClient): Promise<Finding[]> {
  const findings = await Promise.all(
    Object.values(contexts).map(async ({ queue, deadLetterQueue }) => {
      const [work, dead] = await Promise.all([attributesOf(sqs, queue), attributesOf(sqs, deadLetterQueue)]);
      return [
        judge(queue, work, dead === null ? null : redriveFaults(work ?? {}, dead)),
        judge(deadLetterQueue, dead, []),
        ...(dead === null ? [] : deadLetters(deadLetterQueue, dead)),
      ];
    }),
  );
  return findings.flat();
}

async function attributesOf(sqs: SQSClient, queue: string): Promise<Attributes | null> {
  try {
    const QueueUrl = await queueAddress(sqs, queue);
    const { Attributes = {} } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
    return Attributes;
  } catch (error) {
    if (error instanceof NotFound) return null;
    throw error;
  }
}

function judge(queue: string, attributes: Attributes | null, redrive: readonly string[] | null): Finding {
  if (attributes === null) return wrong(queue, 'it is not there', mendAttributes);
  const faults = Object.entries(queueAttributes).flatMap(([name, value]) => {
    const actual = attributes[name as QueueAttributeName]; // the keys are such names
    return actual === value ? [] : [`${name} is ${actual ?? 'unset'}, not ${value}`];
  });
  const all = [...faults, ...(redrive ?? [])];
  return all.length === 0 ? fine(queue, 'as the contracts say') : wrong(queue, all.join('; '), mendAttributes);
}

function redriveFaults({ RedrivePolicy }: Attributes, { QueueArn }: Attributes): string[] {
  if (RedrivePolicy === undefined) return ['it has no dead-letter queue'];
  const policy = JSON.parse(RedrivePolicy) as { deadLetterTargetArn?: string; maxReceiveCount?: string | number }; // SQS's own JSON
  return [
    ...(policy.deadLetterTargetArn === QueueArn ? [] : ['its dead letters go elsewhere']),
    ...(Number(policy.maxReceiveCount) === maxReceiveCount
      ? []
      : [`messages are dead after ${policy.maxReceiveCount} tries, not ${maxReceiveCount}`]),
  ];
}

function deadLetters(queue: string, { ApproximateNumberOfMessages: count = '0' }: Attributes): Finding[] {
  return count === '0'
    ? []
    : [
        doubtful(
          queue,
          `${count} dead letters wait`,
          'look at them with `frontdesk dlq list` (docs/runbooks/dead-letters.md)',
        ),
      ];
}

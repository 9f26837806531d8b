import { GetQueueUrlCommand, type SQSClient } from '@aws-sdk/client-sqs';
import { present } from '@frontdesk/kernel';

const known = new WeakMap<SQSClient, Map<string, Promise<string>>>();

/** The address of a queue, asked for once per client. */
export function queueUrl(sqs: SQSClient, name: string): Promise<string> {
  const urls = known.get(sqs) ?? new Map<string, Promise<string>>();
  known.set(sqs, urls);
  const url = urls.get(name) ?? askFor(sqs, name);
  urls.set(name, url);
  url.catch(() => urls.delete(name)); // a failed question is asked again
  return url;
}

/** Whether SQS answers and has the queue, asked anew each time. */
export async function reachQueue(sqs: SQSClient, name: string): Promise<void> {
  await askFor(sqs, name);
}

async function askFor(sqs: SQSClient, name: string): Promise<string> {
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }), {
    abortSignal: AbortSignal.timeout(3_000),
  });
  return present(QueueUrl, `the address of queue ${name}`);
}

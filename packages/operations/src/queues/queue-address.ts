import type { SQSClient } from '@aws-sdk/client-sqs';
import { NotFound } from '@frontdesk/kernel';
import { queueUrl } from '@frontdesk/queue';

/**
 * The address of a queue of the contracts.
 * @throws NotFound when the place that is looked at has no such queue
 */
export async function queueAddress(sqs: SQSClient, name: string): Promise<string> {
  try {
    return await queueUrl(sqs, name);
  } catch (error) {
    if (!(error instanceof Error) || !/NonExistentQueue|QueueDoesNotExist/.test(error.name)) throw error;
    throw new NotFound(`there is no queue ${name} here`, { cause: error });
  }
}

import { catalogue, contexts, type ContextName, type ServiceName } from '@frontdesk/contracts';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Environment } from '../environments.ts';
import type { Data } from '../data/data-stack.ts';
import { mediaFilesArn } from '../data/media-bucket.ts';
import type { Queues } from '../queues/queues-stack.ts';
import type { ServiceDefinition } from './definition.ts';

/** The contexts to whose queues a service publishes: those of the events that it produces. */
function producesFor(service: ServiceName): ContextName[] {
  const queues = new Set(catalogue.filter(({ producers }) => producers.includes(service)).map(({ queue }) => queue));
  return contextNames.filter((context) => queues.has(contexts[context].queue));
}

/** The context whose queue a service works through; webhook-ingress has none. */
export const consumesOf = (service: ServiceName): ContextName | undefined =>
  contextNames.find((context) => contexts[context].service === service);

const contextNames = Object.keys(contexts) as ContextName[]; // the keys of the object in the contracts

/** Everything that a service may ask of AWS while it runs. Its secrets are handed to it before it starts. */
export function taskPermissions(
  definition: ServiceDefinition,
  { queues, environment, data }: { queues: Queues; environment: Environment; data: Data },
): PolicyStatement[] {
  const sendsTo = producesFor(definition.name).map((context) => queues.of[context].queue.queueArn);
  const consumed = consumesOf(definition.name);
  return [
    new PolicyStatement({
      sid: 'Send',
      actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'],
      resources: sendsTo,
    }),
    ...(consumed === undefined ? [] : receive(queues, consumed)),
    new PolicyStatement({
      sid: 'ReadAndWriteMessages',
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [queues.key.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `sqs.${environment.region}.amazonaws.com` } },
    }),
    ...(definition.keepsMedia === true ? keepMedia(data, environment) : []),
    ...(definition.asksModel ? [ask(environment)] : []),
  ];
}

function receive(queues: Queues, context: ContextName): PolicyStatement[] {
  const { queue, deadLetterQueue } = queues.of[context];
  return [
    new PolicyStatement({
      sid: 'Receive',
      actions: [
        'sqs:ChangeMessageVisibility',
        'sqs:DeleteMessage',
        'sqs:GetQueueAttributes',
        'sqs:GetQueueUrl',
        'sqs:ReceiveMessage',
      ],
      resources: [queue.queueArn],
    }),
    new PolicyStatement({
      sid: 'CountDeadLetters',
      actions: ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
      resources: [deadLetterQueue.queueArn],
    }),
  ];
}

/** To write and to delete, not to read: who looks at a picture is somebody else's right. */
function keepMedia({ mediaKey }: Data, environment: Environment): PolicyStatement[] {
  return [
    new PolicyStatement({
      sid: 'KeepMedia',
      actions: ['s3:DeleteObject', 's3:PutObject'],
      resources: [mediaFilesArn(environment)],
    }),
    new PolicyStatement({
      sid: 'EncryptMedia',
      actions: ['kms:GenerateDataKey'],
      resources: [mediaKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `s3.${environment.region}.amazonaws.com` } },
    }),
  ];
}

/** The profile, and the model behind it in each region where the profile may send a request. */
function ask({ account, region, model }: Environment): PolicyStatement {
  const behind = model.profile.split('.').slice(1).join('.');
  return new PolicyStatement({
    sid: 'AskModel',
    actions: ['bedrock:InvokeModel'],
    resources: [
      `arn:aws:bedrock:${region}:${account}:inference-profile/${model.profile}`,
      ...model.regions.map((each) => `arn:aws:bedrock:${each}::foundation-model/${behind}`),
    ],
  });
}

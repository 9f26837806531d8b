import type { App, Stack } from 'aws-cdk-lib';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import type { Environment } from '../environments.ts';
import { encryptionKey } from '../support/encryption-key.ts';
import { makeStack } from '../support/stack.ts';

export type Alerts = {
  /** Wakes somebody. */
  readonly page: SnsAction;
  /** Waits for the morning. */
  readonly ticket: SnsAction;
};

/** Where alarms go. Who is on call connects the paging tool to `frontdesk-page`. */
export function alertsStack(app: App, environment: Environment): Alerts {
  const stack = makeStack(app, environment, 'alerts', 'Where alarms go');
  const key = encryptionKey(stack, 'Key', { description: 'Alarms of Frontdesk' });
  key.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
      actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
      resources: ['*'],
      conditions: { StringEquals: { 'aws:SourceAccount': environment.account } },
    }),
  );
  const topic = (urgency: 'page' | 'ticket') => {
    const made = new Topic(stack, urgency, { topicName: `frontdesk-${urgency}`, masterKey: key, enforceSSL: true });
    made.addToResourcePolicy(mayPublish(stack, made));
    for (const address of environment.alarmEmails) made.addSubscription(new EmailSubscription(address));
    return new SnsAction(made);
  };
  return { page: topic('page'), ticket: topic('ticket') };
}

const mayPublish = ({ account }: Stack, { topicArn }: Topic) =>
  new PolicyStatement({
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topicArn],
    conditions: { StringEquals: { 'aws:SourceAccount': account } },
  });

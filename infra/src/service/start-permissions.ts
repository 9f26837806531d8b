import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

export type StartNeeds = {
  readonly repository: IRepository;
  readonly logs: readonly ILogGroup[];
  readonly secrets: readonly ISecret[];
  readonly secretsKey: IKey;
  readonly region: string;
};

export const anyRepositoryReason =
  'ecr:GetAuthorizationToken knows no resource: the token says who asks, and the statement beside it says for which image.';

/** What ECS needs to start a task: its image, its log and its own secrets. The process inside never has these rights. */
export function startPermissions({ repository, logs, secrets, secretsKey, region }: StartNeeds): PolicyStatement[] {
  return [
    new PolicyStatement({ sid: 'SignInForImages', actions: ['ecr:GetAuthorizationToken'], resources: ['*'] }),
    new PolicyStatement({
      sid: 'PullImage',
      actions: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      resources: [repository.repositoryArn],
    }),
    new PolicyStatement({
      sid: 'Log',
      actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
      resources: logs.map(({ logGroupArn }) => logGroupArn),
    }),
    new PolicyStatement({
      sid: 'ReadSecrets',
      actions: ['secretsmanager:GetSecretValue'],
      resources: secrets.map(({ secretArn }) => secretArn),
    }),
    new PolicyStatement({
      sid: 'OpenSecrets',
      actions: ['kms:Decrypt'],
      resources: [secretsKey.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `secretsmanager.${region}.amazonaws.com` } },
    }),
  ];
}

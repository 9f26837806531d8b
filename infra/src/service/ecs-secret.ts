import { Secret as EcsSecret } from 'aws-cdk-lib/aws-ecs';
import { Secret, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';

/**
 * A secret, or one field of a JSON secret, as ECS hands it to a container. It is known by its ARN alone, so that CDK does
 * not write this stack's role into the key's policy in the stack of data: the role's own policy says what it may read.
 */
export function ecsSecret(scope: Construct, setting: string, secret: ISecret, field?: string): EcsSecret {
  return EcsSecret.fromSecretsManager(
    Secret.fromSecretCompleteArn(scope, `Secret-${setting}`, secret.secretArn),
    field,
  );
}

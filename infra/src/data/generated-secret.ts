import { RemovalPolicy, type SecretValue } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Secret, type SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { acceptFindings } from '../support/accept-findings.ts';

/** A password that CloudFormation makes and nobody sees, of letters and digits, so that it may stand in a URL. */
export function generatedPassword(
  scope: Construct,
  id: string,
  { key, ...props }: { key: IKey; description: string; rotation: string },
): SecretValue {
  const { rotation, ...rest } = props;
  return secret(scope, id, {
    ...rest,
    rotation,
    encryptionKey: key,
    generateSecretString: { passwordLength: 40, excludePunctuation: true },
  }).secretValue;
}

/** A secret with the words how it is rotated, since no schedule does it. */
export function secret(
  scope: Construct,
  id: string,
  { rotation, ...props }: SecretProps & { encryptionKey: IKey; rotation: string },
): Secret {
  const made = new Secret(scope, id, { ...props, removalPolicy: RemovalPolicy.RETAIN });
  acceptFindings(made, {
    'AwsSolutions-SMG4': rotation,
    'HIPAA.Security-SecretsManagerRotationEnabled': rotation,
  });
  return made;
}

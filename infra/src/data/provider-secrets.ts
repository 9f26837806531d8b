import type { ServiceName } from '@frontdesk/contracts';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { definitions } from '../service/definitions.ts';
import { asSecret } from '../support/cdk-interfaces.ts';
import { secret } from './generated-secret.ts';

const rotation =
  'The providers give out these keys and know no rotation by machine. A person replaces them as docs/runbooks/rotate-a-secret.md says.';

/** An empty JSON object per service that has keys of providers. A person fills it in; CloudFormation never touches it again. */
export function providerSecrets(scope: Construct, key: IKey): Partial<Record<ServiceName, ISecret>> {
  const made = definitions
    .filter(({ settings }) => settings.fromProviders.length > 0)
    .map(
      ({ name, settings }) =>
        [
          name,
          asSecret(
            secret(scope, `Providers-${name}`, {
              secretName: `frontdesk/${name}/providers`,
              description: `Of ${name}, as JSON: ${settings.fromProviders.join(', ')}`,
              encryptionKey: key,
              rotation,
              generateSecretString: { secretStringTemplate: '{}', generateStringKey: 'unused' },
            }),
          ),
        ] as const,
    );
  return Object.fromEntries(made);
}

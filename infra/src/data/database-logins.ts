import { services, type ServiceName } from '@frontdesk/contracts';
import { SecretValue } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Construct } from 'constructs';
import { asSecret } from '../support/cdk-interfaces.ts';
import { databaseName } from './database.ts';
import { generatedPassword, secret } from './generated-secret.ts';

export const loginNames = [...services, 'operator'] as const;
export type LoginName = ServiceName | 'operator';

export type Login = {
  /** The whole address, with user name and password: DATABASE_URL, or DATABASE_OPERATOR_URL. */
  readonly url: ISecret;
};

/** Where the image has the certificates that RDS signs with. */
export const authoritiesFile = '/etc/frontdesk/rds-authorities.pem';

const rotation =
  'Rotated by raising loginGeneration, which makes a second login beside the first, so that tasks that run keep theirs until they are replaced. A schedule that changes the password in place would cut them off.';

/** A login for each service and for operators. They become roles of Postgres when the migrations run. */
export function databaseLogins(
  scope: Construct,
  { instance, key, generation }: { instance: DatabaseInstance; key: IKey; generation: number },
): Record<LoginName, Login> {
  const logins = loginNames.map((name) => {
    const user = `${name.replaceAll('-', '_')}_login_${generation}`;
    const password = generatedPassword(scope, `Password-${name}-${generation}`, {
      key,
      description: `Password of ${user}`,
      rotation,
    });
    const { hostname } = instance.instanceEndpoint;
    const url = secret(scope, `Url-${name}`, {
      secretName: `frontdesk/${name}/database-url`,
      description: `Where ${name} finds Postgres, with user name and password`,
      encryptionKey: key,
      rotation,
      // The template holds a reference to the password, which CloudFormation follows when it deploys.
      secretStringValue: SecretValue.unsafePlainText(
        `postgresql://frontdesk_${user}:${password.unsafeUnwrap()}@${hostname}:5432/${databaseName}?sslmode=verify-full&sslrootcert=${authoritiesFile}`,
      ),
    });
    return [name, { url: asSecret(url) }] as const;
  });
  return Object.fromEntries(logins) as Record<LoginName, Login>; // one entry per name
}

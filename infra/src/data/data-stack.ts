import type { ServiceName } from '@frontdesk/contracts';
import type { App } from 'aws-cdk-lib';
import type { DatabaseInstance } from 'aws-cdk-lib/aws-rds';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Environment } from '../environments.ts';
import type { Network } from '../network/network-stack.ts';
import { encryptionKey } from '../support/encryption-key.ts';
import { makeStack } from '../support/stack.ts';
import { backups } from './backups.ts';
import { database } from './database.ts';
import { databaseLogins, type Login, type LoginName } from './database-logins.ts';
import { mediaBucket } from './media-bucket.ts';
import { providerSecrets } from './provider-secrets.ts';
import { redis } from './redis.ts';

export type Data = {
  readonly database: DatabaseInstance;
  /** The owner's user name and password, which RDS itself replaces every week. */
  readonly ownerSecret: ISecret;
  readonly logins: Readonly<Record<LoginName, Login>>;
  readonly redisUrl: ISecret;
  /** What the providers gave us, one JSON object per service, filled in by a person. */
  readonly providerSecrets: Readonly<Partial<Record<ServiceName, ISecret>>>;
  /** Encrypts the files that patients text. */
  readonly mediaKey: IKey;
  /** Encrypts the database, Redis and every secret. */
  readonly key: IKey;
};

/** Everything that outlives a deployment: Postgres, Redis, patients' pictures and the secrets. */
export function dataStack(app: App, environment: Environment, network: Network): Data {
  const stack = makeStack(app, environment, 'data', "Postgres, Redis, patients' pictures and the secrets");
  const key = encryptionKey(stack, 'Key', { description: 'Data and secrets of Frontdesk' });
  const { instance, ownerSecret } = database(stack, { environment, network, key });
  backups(stack, { instance, key, environment });
  return {
    database: instance,
    ownerSecret,
    logins: databaseLogins(stack, { instance, key, generation: environment.database.loginGeneration }),
    redisUrl: redis(stack, { environment, network, key }),
    providerSecrets: providerSecrets(stack, key),
    mediaKey: mediaBucket(stack, environment),
    key,
  };
}

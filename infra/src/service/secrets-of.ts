import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import type { Data } from '../data/data-stack.ts';
import type { ServiceDefinition } from './definition.ts';

/** A setting that ECS takes from a secret, or from one field of a JSON secret, when it starts the task. */
export type SecretSetting = { readonly setting: string; readonly secret: ISecret; readonly field?: string };

/** The secrets of a service and of no other. */
export function secretsOf(
  { name, settings }: ServiceDefinition,
  data: Data,
): { settings: SecretSetting[]; read: ISecret[] } {
  const providers = data.providerSecrets[name];
  const all: SecretSetting[] = [
    { setting: 'DATABASE_URL', secret: data.logins[name].url },
    ...(settings.redis ? [{ setting: 'REDIS_URL', secret: data.redisUrl }] : []),
    ...(providers === undefined
      ? []
      : settings.fromProviders.map((setting) => ({ setting, secret: providers, field: setting }))),
  ];
  return { settings: all, read: [...new Set(all.map(({ secret }) => secret))] };
}

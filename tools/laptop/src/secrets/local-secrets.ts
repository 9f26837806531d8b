import type { ServiceName } from '@frontdesk/contracts';
import { localSquareSignatureKey, localTelnyxApiKey, localTokenKeys } from '@frontdesk/local-stack';

export type SharedSecrets = { databaseUrl: string; redisUrl: string };

/** The name of a service's secret at LocalStack, as its SECRET_ID gives it. */
export const secretIdOf = (service: ServiceName): string => `frontdesk/local/${service}`;

/** What each service finds in its secret on a laptop. None of it opens a door anywhere else. */
export function localSecretsOf({ databaseUrl, redisUrl }: SharedSecrets): Record<ServiceName, Record<string, string>> {
  const shared = { DATABASE_URL: databaseUrl, REDIS_URL: redisUrl };
  return {
    'webhook-ingress': {
      ...shared,
      SQUARE_WEBHOOK_SIGNATURE_KEY: localSquareSignatureKey,
      TELNYX_API_KEY: localTelnyxApiKey,
    },
    'conversation-worker': shared,
    'messaging-worker': { ...shared, TELNYX_API_KEY: localTelnyxApiKey },
    payments: { ...shared, TOKEN_KEYS: sealingKeys() },
  };
}

function sealingKeys(): string {
  return [...localTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(',');
}

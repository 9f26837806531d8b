import type { ServiceName } from '@frontdesk/contracts';
import { localSquareSignatureKey, localTelnyxApiKey, localTokenKeys } from '@frontdesk/local-stack';

export type Addresses = { logins: Readonly<Record<ServiceName, string>>; redisUrl: string };

/** The name of a service's secret at LocalStack, as its SECRET_ID gives it. */
export const secretIdOf = (service: ServiceName): string => `frontdesk/local/${service}`;

/** What each service finds in its secret on a laptop. None of it opens a door anywhere else. */
export function localSecretsOf({ logins, redisUrl }: Addresses): Record<ServiceName, Record<string, string>> {
  const addresses = (service: ServiceName) => ({ DATABASE_URL: logins[service], REDIS_URL: redisUrl });
  return {
    'webhook-ingress': {
      ...addresses('webhook-ingress'),
      SQUARE_WEBHOOK_SIGNATURE_KEY: localSquareSignatureKey,
      TELNYX_API_KEY: localTelnyxApiKey,
    },
    'conversation-worker': addresses('conversation-worker'),
    'messaging-worker': { ...addresses('messaging-worker'), TELNYX_API_KEY: localTelnyxApiKey },
    payments: { ...addresses('payments'), TOKEN_KEYS: sealingKeys() },
    api: addresses('api'),
  };
}

function sealingKeys(): string {
  return [...localTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(',');
}

import type { ServiceName } from '@frontdesk/contracts';
import {
  localMetaAppSecret,
  localMetaVerifyToken,
  localSquareSignatureKey,
  localTelnyxApiKey,
  localTokenKeys,
} from '@frontdesk/local-stack';

export type Addresses = { logins: Readonly<Record<ServiceName, string>>; redisUrl: string };

/** The name of a service's secret at LocalStack, as its SECRET_ID gives it. */
export const secretIdOf = (service: ServiceName): string => `frontdesk/local/${service}`;

/** What each service finds in its secret on a laptop. None of it opens a door anywhere else. */
export function localSecretsOf({ logins, redisUrl }: Addresses): Record<ServiceName, Record<string, string>> {
  const addresses = (service: ServiceName) => ({ DATABASE_URL: logins[service], REDIS_URL: redisUrl });
  const meta = { META_APP_SECRET: localMetaAppSecret, META_VERIFY_TOKEN: localMetaVerifyToken };
  return {
    'webhook-ingress': {
      ...addresses('webhook-ingress'),
      SQUARE_WEBHOOK_SIGNATURE_KEY: localSquareSignatureKey,
      TELNYX_API_KEY: localTelnyxApiKey,
      ...meta,
    },
    'conversation-worker': addresses('conversation-worker'),
    'messaging-worker': {
      ...addresses('messaging-worker'),
      TELNYX_API_KEY: localTelnyxApiKey,
      TOKEN_KEYS: sealingKeys(),
      ...meta,
    },
    payments: { ...addresses('payments'), TOKEN_KEYS: sealingKeys() },
    api: { ...addresses('api'), TOKEN_KEYS: sealingKeys(), META_APP_SECRET: localMetaAppSecret },
  };
}

function sealingKeys(): string {
  return [...localTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(',');
}

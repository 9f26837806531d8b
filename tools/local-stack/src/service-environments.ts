import { fileURLToPath } from 'node:url';
import { services, type ServiceName } from '@frontdesk/contracts';
import type { GivenParts } from './given-parts.ts';
import type { Environment } from './service-process.ts';

/** The keys that seal provider tokens on this machine. */
export const localTokenKeys: ReadonlyMap<string, Buffer> = new Map([['local-1', Buffer.alloc(32, 7)]]);

/** With what the Square simulator signs its webhooks. */
export const localSquareSignatureKey = 'local-square-signature-key';

/** Services start with a third less work when Node remembers the compiled code. */
const compileCache = fileURLToPath(new URL('../../../node_modules/.cache/node-compile', import.meta.url));

/** Files that come with texts. */
const mediaFolder = fileURLToPath(new URL('../../../.frontdesk/media', import.meta.url));

/** With what the Twilio simulator signs, and what it asks for. */
export const localTwilioAuthToken = 'local-twilio-auth-token';

/** The app at the simulator of Meta, with what it signs, and what it must know to be told that an address is ours. */
export const localMetaAppId = '1000000000001';
export const localMetaAppSecret = 'local-meta-app-secret-0123456789';
export const localMetaVerifyToken = 'local-meta-verify-token';

/** Any key opens the Telnyx simulator. */
export const localTelnyxApiKey = 'KEY-local';
const region = 'us-east-1';

/** Where the parts of a stack listen. */
export type StackAddresses = {
  appUrl: string;
  sqsEndpoint: string;
  /** The base of every webhook address; webhook-ingress listens there. */
  webhookUrl: string;
  telnyx: { apiUrl: string; publicKey: string };
  twilio: { apiUrl: string; accountSid: string };
  meta: { graphUrl: string };
  squareUrl: string;
  bedrockUrl: string;
  /** Who signs the tokens of administrators. */
  issuer: { url: string; audience: string; jwksUrl: string };
  /** Where Square sends a payer afterwards. */
  paymentReturnUrl: string;
  /** An OTLP/HTTP collector, when traces are wanted. */
  telemetryUrl?: string | undefined;
};

/** What each service finds in its environment: nothing of the developer's own except the path and the queue credentials. */
export function serviceEnvironments(
  {
    appUrl,
    sqsEndpoint,
    webhookUrl,
    telnyx,
    twilio,
    meta,
    squareUrl,
    bedrockUrl,
    issuer,
    paymentReturnUrl,
    telemetryUrl,
  }: StackAddresses,
  given: GivenParts,
  machine: NodeJS.ProcessEnv,
): Record<ServiceName, Environment> {
  const common: Environment = {
    NODE_COMPILE_CACHE: compileCache,
    ...kept(machine, ['PATH', 'HOME', 'TMPDIR', 'NODE_COMPILE_CACHE', 'LOG_LEVEL']),
    ...queueCredentials(machine),
    FRONTDESK_ENV: 'local',
    DATABASE_URL: appUrl,
    AWS_ENDPOINT_URL: sqsEndpoint,
    PUBLIC_WEBHOOK_URL: webhookUrl,
    ...(given.redisUrl !== undefined && { REDIS_URL: given.redisUrl }),
    ...(telemetryUrl !== undefined && {
      OTEL_EXPORTER_OTLP_ENDPOINT: telemetryUrl,
      // A person watches: spans travel at once instead of every five seconds.
      OTEL_BSP_SCHEDULE_DELAY: '100',
    }),
  };
  const tokenKeys = [...localTokenKeys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(',');
  const phoneCarriers: Environment = {
    TELNYX_API_KEY: localTelnyxApiKey,
    TELNYX_BASE_URL: telnyx.apiUrl,
    TWILIO_ACCOUNT_SID: twilio.accountSid,
    TWILIO_AUTH_TOKEN: localTwilioAuthToken,
    TWILIO_BASE_URL: twilio.apiUrl,
  };
  const metaApp: Environment = {
    META_GRAPH_URL: meta.graphUrl,
    META_APP_ID: localMetaAppId,
    META_APP_SECRET: localMetaAppSecret,
    META_VERIFY_TOKEN: localMetaVerifyToken,
    TOKEN_KEYS: tokenKeys,
  };
  const own: Record<ServiceName, Environment> = {
    'webhook-ingress': {
      TELNYX_PUBLIC_KEY: telnyx.publicKey,
      TELNYX_API_KEY: localTelnyxApiKey,
      TELNYX_BASE_URL: telnyx.apiUrl,
      TWILIO_AUTH_TOKEN: localTwilioAuthToken,
      META_APP_SECRET: localMetaAppSecret,
      META_VERIFY_TOKEN: localMetaVerifyToken,
      SQUARE_WEBHOOK_SIGNATURE_KEY: localSquareSignatureKey,
    },
    'conversation-worker': { BEDROCK_ENDPOINT: bedrockUrl, BEDROCK_MODEL_ID: 'us.anthropic.claude-haiku-5-5' },
    'messaging-worker': { ...phoneCarriers, ...metaApp, MEDIA_FOLDER: mediaFolder },
    payments: {
      SQUARE_BASE_URL: squareUrl,
      TOKEN_KEYS: tokenKeys,
      PAYMENT_RETURN_URL: paymentReturnUrl,
    },
    api: {
      ADMIN_ISSUER: issuer.url,
      ADMIN_AUDIENCE: issuer.audience,
      ADMIN_JWKS_URL: issuer.jwksUrl,
      ...phoneCarriers,
      ...metaApp,
    },
  };
  return Object.fromEntries(services.map((name) => [name, { ...common, ...own[name] }])) as Record<
    ServiceName,
    Environment
  >; // one entry per service, by construction
}

/** What the SDK needs to sign requests to the queue; the emulator takes anything. */
export function queueCredentials(machine: NodeJS.ProcessEnv): Environment & { AWS_REGION: string } {
  return {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_REGION: region,
    ...kept(machine, ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN', 'AWS_REGION']),
  };
}

function kept(machine: NodeJS.ProcessEnv, names: readonly string[]): Record<string, string> {
  const entries: [string, string][] = [];
  for (const name of names) {
    const value = machine[name];
    if (value !== undefined) entries.push([name, value]);
  }
  return Object.fromEntries(entries);
}

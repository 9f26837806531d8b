import { commonConfig, loadConfig as load, publicUrl, secret, tokenKeys, vendorUrl } from '@frontdesk/runtime';
import { z } from 'zod';

const requests = z.coerce.number().int().positive();

/** What this service reads from its environment and its secret. */
export const configSchema = z
  .object({
    ...commonConfig,
    /** Who signs the tokens, exactly as their `iss` says it; of Cognito, `https://cognito-idp.<region>.amazonaws.com/<pool>`. */
    ADMIN_ISSUER: publicUrl(z.url()),
    /** For whom the tokens are, as their `aud` says it; of Cognito, the id of the app client. */
    ADMIN_AUDIENCE: z.string().min(1),
    /** Where the issuer shows its public keys; of Cognito, the issuer with `/.well-known/jwks.json` behind it. */
    ADMIN_JWKS_URL: publicUrl(z.url()),
    /** The most requests of one person in a minute. */
    REQUESTS_PER_PERSON: requests.default(120),
    /** The most requests for one clinic in a minute, whoever asks. */
    REQUESTS_PER_CLINIC: requests.default(600),
    /** The most of them in a minute that ask a vendor: searches, whether lines can be hosted, codes, sign-ups. */
    VENDOR_REQUESTS_PER_CLINIC: requests.default(30),
    /** The most bytes of a request's body. */
    BODY_AT_MOST_BYTES: z.coerce.number().int().min(1_024).max(1_048_576).default(65_536),
    /** The account's key for the API of Telnyx. With it numbers of Telnyx are searched and ordered, and lines hosted. */
    TELNYX_API_KEY: secret(z.string().min(1).optional(), 40),
    /** Telnyx's production unless another is given; ends in /v2. */
    TELNYX_BASE_URL: vendorUrl(z.url().optional(), { production: ['api.telnyx.com'], staging: ['api.telnyx.com'] }),
    /** The account at Twilio. With it and the token below numbers of Twilio are searched and ordered. */
    TWILIO_ACCOUNT_SID: z.string().startsWith('AC').optional(),
    /** The auth token of that account; both with a comma while it is rotated. */
    TWILIO_AUTH_TOKEN: secret(z.string().min(1).optional(), 32),
    /** Twilio's production unless another is given. */
    TWILIO_BASE_URL: vendorUrl(z.url().optional(), { production: ['api.twilio.com'], staging: ['api.twilio.com'] }),
    /** The desk's app at Meta. With its secret and the keys below, clinics connect their numbers to WhatsApp by embedded sign-up. */
    META_APP_ID: z.string().regex(/^\d+$/, 'it is no id of an app').optional(),
    /** The secret of that app; while it is rotated both with a comma, the one to use first. */
    META_APP_SECRET: secret(z.string().min(1).optional(), 32),
    /** Meta's production, with the version of its API, unless another is given. */
    META_GRAPH_URL: vendorUrl(z.url().default('https://graph.facebook.com/v26.0'), {
      production: ['graph.facebook.com'],
      staging: ['graph.facebook.com'],
    }),
    /** What encrypts the clinics' WhatsApp tokens: `id:base64,id:base64`, newest last, 32 bytes each; as the other services have it. */
    TOKEN_KEYS: secret(tokenKeys.optional()),
    /** A vendor has this long to answer a question that somebody waits for. */
    VENDOR_TIMEOUT_MS: z.coerce.number().int().min(100).max(20_000).default(10_000),
  })
  .check(signUpsAreWhole);

/** Demands all that a sign-up needs, or nothing of it. */
function signUpsAreWhole({
  value,
  issues,
}: {
  value: Partial<Record<SignUpSetting, unknown>>;
  issues: z.core.$ZodRawIssue[];
}): void {
  if (value.META_APP_ID === undefined) return;
  for (const name of ['META_APP_SECRET', 'TOKEN_KEYS'] as const) {
    if (value[name] !== undefined) continue;
    issues.push({ code: 'custom', path: [name], input: undefined, message: 'it is needed with META_APP_ID' });
  }
}
type SignUpSetting = 'META_APP_ID' | 'META_APP_SECRET' | 'TOKEN_KEYS';

export type Config = z.infer<typeof configSchema>;

/** @throws ConfigFault that names what is missing or wrong */
export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);

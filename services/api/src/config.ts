import { commonConfig, loadConfig as load, publicUrl } from '@frontdesk/runtime';
import { z } from 'zod';

const requests = z.coerce.number().int().positive();

/** What this service reads from its environment and its secret. */
export const configSchema = z.object({
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
  /** The most bytes of a request's body. */
  BODY_AT_MOST_BYTES: z.coerce.number().int().min(1_024).max(1_048_576).default(65_536),
});

export type Config = z.infer<typeof configSchema>;

/** @throws ConfigFault that names what is missing or wrong */
export const loadConfig = (environment?: NodeJS.ProcessEnv): Promise<Config> => load(configSchema, environment);

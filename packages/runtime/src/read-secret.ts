import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ConfigFault } from '@frontdesk/kernel';
import { z } from 'zod';

const secretSchema = z.record(z.string(), z.string());

/**
 * The settings in a Secrets Manager secret: one JSON object of strings.
 * @throws ConfigFault when it cannot be read or is something else
 */
export async function readSecret(
  secretId: string,
  { region, endpoint }: { region: string; endpoint: string | undefined },
): Promise<Record<string, string>> {
  const client = new SecretsManagerClient({
    region,
    ...(endpoint === undefined ? {} : { endpoint }),
  });
  try {
    const { SecretString = '' } = await client.send(new GetSecretValueCommand({ SecretId: secretId }), {
      abortSignal: AbortSignal.timeout(10_000),
    });
    return secretSchema.parse(JSON.parse(SecretString));
  } catch (error) {
    // The cause may quote the secret, so only its kind is told.
    const kind = error instanceof Error ? error.name : 'an unknown error';
    throw new ConfigFault(`SECRET_ID names a secret that could not be read as a JSON object of strings (${kind})`);
  } finally {
    client.destroy();
  }
}

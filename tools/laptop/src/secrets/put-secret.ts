import { CreateSecretCommand, PutSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';

/** Writes a secret as one JSON object, whether or not it is there already. */
export async function putSecret(
  client: SecretsManagerClient,
  id: string,
  settings: Record<string, string>,
): Promise<void> {
  const SecretString = JSON.stringify(settings);
  try {
    await client.send(new CreateSecretCommand({ Name: id, SecretString }));
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'ResourceExistsException') throw error;
    await client.send(new PutSecretValueCommand({ SecretId: id, SecretString }));
  }
}

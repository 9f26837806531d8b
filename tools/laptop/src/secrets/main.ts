import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { services } from '@frontdesk/contracts';
import { loadConfig, secret } from '@frontdesk/runtime';
import { z } from 'zod';
import { localSecretsOf, secretIdOf } from './local-secrets.ts';
import { putSecret } from './put-secret.ts';

const login = secret(z.url());
const config = await loadConfig(
  z.object({
    AWS_ENDPOINT_URL: z.url(),
    AWS_REGION: z.string().min(1),
    LOGIN_WEBHOOK_INGRESS: login,
    LOGIN_CONVERSATION_WORKER: login,
    LOGIN_MESSAGING_WORKER: login,
    LOGIN_PAYMENTS: login,
    LOGIN_API: login,
    REDIS_URL: secret(z.url()),
  }),
);

const client = new SecretsManagerClient({ region: config.AWS_REGION, endpoint: config.AWS_ENDPOINT_URL });
const secrets = localSecretsOf({
  logins: {
    'webhook-ingress': config.LOGIN_WEBHOOK_INGRESS,
    'conversation-worker': config.LOGIN_CONVERSATION_WORKER,
    'messaging-worker': config.LOGIN_MESSAGING_WORKER,
    payments: config.LOGIN_PAYMENTS,
    api: config.LOGIN_API,
  },
  redisUrl: config.REDIS_URL,
});
for (const service of services) {
  await putSecret(client, secretIdOf(service), secrets[service]);
  console.log(`${secretIdOf(service)}: ${Object.keys(secrets[service]).join(', ')}`);
}
client.destroy();

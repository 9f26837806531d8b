import { configSchema } from '@frontdesk/webhook-ingress/config';
import type { ServiceDefinition } from './definition.ts';
import { publicWebhookUrl } from './public-webhook-url.ts';

export const webhookIngress: ServiceDefinition = {
  name: 'webhook-ingress',
  summary: "Takes the providers' webhooks",
  schema: configSchema,
  settings: {
    plain: (environment) => ({
      TELNYX_PUBLIC_KEY: environment.telnyxPublicKey,
      PUBLIC_WEBHOOK_URL: publicWebhookUrl(environment),
    }),
    // The key of the interface is for the carrier's delivery log, from which lost webhooks are fetched.
    fromProviders: [
      'SQUARE_WEBHOOK_SIGNATURE_KEY',
      'TELNYX_API_KEY',
      'TWILIO_AUTH_TOKEN',
      'META_APP_SECRET',
      'META_VERIFY_TOKEN',
    ],
    redis: false,
  },
  scaling: { by: 'requests', perTaskAndMinute: 6_000 },
  asksModel: false,
};

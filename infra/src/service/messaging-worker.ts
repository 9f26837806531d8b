import { configSchema } from '@frontdesk/messaging-worker/config';
import { mediaSettings } from '../data/media-bucket.ts';
import type { ServiceDefinition } from './definition.ts';
import { publicWebhookUrl } from './public-webhook-url.ts';

export const messagingWorker: ServiceDefinition = {
  name: 'messaging-worker',
  summary: 'The only process that sends texts',
  schema: configSchema,
  settings: {
    plain: (environment) => ({
      PUBLIC_WEBHOOK_URL: publicWebhookUrl(environment),
      ...mediaSettings(environment),
      ...(environment.twilioAccountSid !== undefined && { TWILIO_ACCOUNT_SID: environment.twilioAccountSid }),
    }),
    fromProviders: ['TELNYX_API_KEY', 'TWILIO_AUTH_TOKEN'],
    redis: true,
  },
  // 40 at once of about 300 ms each are some 100 a second; nobody should wait longer than 3 s for it.
  scaling: { by: 'backlog', messagesPerTask: 300 },
  keepsMedia: true,
  asksModel: false,
};

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
      ...(environment.telnyxConnectionId !== undefined && { TELNYX_CONNECTION_ID: environment.telnyxConnectionId }),
      ...(environment.twilioAccountSid !== undefined && { TWILIO_ACCOUNT_SID: environment.twilioAccountSid }),
      ...(environment.metaAppId !== undefined && { META_APP_ID: environment.metaAppId }),
    }),
    fromProviders: ['TELNYX_API_KEY', 'TWILIO_AUTH_TOKEN', 'META_APP_SECRET', 'META_VERIFY_TOKEN', 'TOKEN_KEYS'],
    redis: true,
  },
  // 40 at once of about 300 ms each are some 100 a second; nobody should wait longer than 3 s for it.
  scaling: { by: 'backlog', messagesPerTask: 300 },
  keepsMedia: true,
  asksModel: false,
};

import { configSchema } from '@frontdesk/api/config';
import type { ServiceDefinition } from './definition.ts';

export const api: ServiceDefinition = {
  name: 'api',
  summary: 'Administration over HTTP',
  schema: configSchema,
  settings: {
    plain: ({ admin, metaAppId, twilioAccountSid }) => ({
      ADMIN_ISSUER: admin.issuer,
      ADMIN_AUDIENCE: admin.audience,
      ADMIN_JWKS_URL: admin.jwksUrl,
      ...(twilioAccountSid !== undefined && { TWILIO_ACCOUNT_SID: twilioAccountSid }),
      ...(metaAppId !== undefined && { META_APP_ID: metaAppId }),
    }),
    fromProviders: ['TELNYX_API_KEY', 'TWILIO_AUTH_TOKEN', 'META_APP_SECRET', 'TOKEN_KEYS'],
    redis: false,
  },
  scaling: { by: 'requests', perTaskAndMinute: 3_000 },
  asksModel: false,
};

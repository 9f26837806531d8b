import { configSchema } from '@frontdesk/api/config';
import type { ServiceDefinition } from './definition.ts';

export const api: ServiceDefinition = {
  name: 'api',
  summary: 'Administration over HTTP',
  schema: configSchema,
  settings: {
    plain: ({ admin }) => ({
      ADMIN_ISSUER: admin.issuer,
      ADMIN_AUDIENCE: admin.audience,
      ADMIN_JWKS_URL: admin.jwksUrl,
    }),
    fromProviders: [],
    redis: false,
  },
  scaling: { by: 'requests', perTaskAndMinute: 3_000 },
  asksModel: false,
};

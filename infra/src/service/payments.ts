import { configSchema } from '@frontdesk/payments-service/config';
import type { ServiceDefinition } from './definition.ts';

export const payments: ServiceDefinition = {
  name: 'payments',
  summary: 'The only process that talks to Square',
  schema: configSchema,
  settings: {
    plain: ({ paymentReturnUrl, squareBaseUrl }) => ({
      PAYMENT_RETURN_URL: paymentReturnUrl,
      ...(squareBaseUrl === undefined ? {} : { SQUARE_BASE_URL: squareBaseUrl }),
    }),
    fromProviders: ['TOKEN_KEYS'],
    redis: true,
  },
  scaling: { by: 'backlog', messagesPerTask: 100 },
  asksModel: false,
};

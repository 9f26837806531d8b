import { configSchema } from '@frontdesk/conversation-worker/config';
import type { ServiceDefinition } from './definition.ts';

export const conversationWorker: ServiceDefinition = {
  name: 'conversation-worker',
  summary: 'Answers patients with the help of the model',
  schema: configSchema,
  settings: {
    plain: ({ model }) => ({ BEDROCK_MODEL_ID: model.profile }),
    fromProviders: [],
    redis: false,
  },
  // 32 at once of about 3 s each are 10 a second; nobody should wait longer than 5 s for a turn to begin.
  scaling: { by: 'backlog', messagesPerTask: 50 },
  asksModel: true,
};

/** The services, which are also the producers of events. `api` and `webhook-ingress` consume none. */
export const services = ['webhook-ingress', 'conversation-worker', 'messaging-worker', 'payments', 'api'] as const;
export type ServiceName = (typeof services)[number];

/** A bounded context that consumes events; the first word of an event's type. Each has one queue and one service. */
export const contexts = {
  conversation: {
    queue: 'conversation.fifo',
    deadLetterQueue: 'conversation-dlq.fifo',
    service: 'conversation-worker',
  },
  messaging: { queue: 'messaging.fifo', deadLetterQueue: 'messaging-dlq.fifo', service: 'messaging-worker' },
  payments: { queue: 'payments.fifo', deadLetterQueue: 'payments-dlq.fifo', service: 'payments' },
} as const satisfies Record<string, { queue: string; deadLetterQueue: string; service: ServiceName }>;

export type ContextName = keyof typeof contexts;
export type QueueName = (typeof contexts)[ContextName]['queue'];

/** How every queue is made, on a laptop and in AWS. */
export const queueAttributes = {
  FifoQueue: 'true',
  DeduplicationScope: 'messageGroup',
  FifoThroughputLimit: 'perMessageGroupId',
  VisibilityTimeout: '60',
  MessageRetentionPeriod: String(14 * 24 * 60 * 60),
} as const;

/**
 * A message that was received so often without an answer has killed its process each time and goes to the dead-letter queue.
 * Twice the tries of a handler, since whatever was in hand beside the one that kills is received as often.
 */
export const maxReceiveCount = 10;

export { createAlarms, type AlarmConnection, type Alarms, type AlarmsOptions, type DueRow } from './alarms/alarms.ts';
export { createConsumer, type Consumer, type ConsumerOptions } from './consumer/consumer.ts';
export { on, type Handler, type Once } from './consumer/handler.ts';
export { ensureQueues } from './ensure-queues.ts';
export { queueUrl } from './queue-url.ts';
export { createRelay, type Lag, type Relay, type RelayOptions } from './relay/relay.ts';
export { createSqs, type SqsOptions } from './sqs.ts';
export { createSweep, type Sweep, type SweepOptions } from './sweep.ts';

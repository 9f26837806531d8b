export type { Alarm, AwsMeasure, Runbook } from './alarms/alarm.ts';
export { runbooks } from './alarms/alarm.ts';
export { alarms } from './alarms/alarm-table.ts';
export { allQueues, findQueue, type Queue } from './queues/all-queues.ts';

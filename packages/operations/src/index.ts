export type { Alarm, AwsMeasure, Runbook } from './alarms/alarm.ts';
export { runbooks } from './alarms/alarm.ts';
export { alarms } from './alarms/alarm-table.ts';
export { allQueues, findQueue, type Queue } from './queues/all-queues.ts';
export { checkEffects, findEffectBreaches } from './effects/check-effects.ts';
export type { EffectCount, EffectsReport, UnknownOutcome } from './effects/check-effects.ts';
export { checkLedger, type LedgerReport, type LedgerSum } from './effects/check-ledger.ts';
export { lookThrough, type Look, type Scope } from './effects/look.ts';
export { describeBreach, type Breach } from './effects/search.ts';

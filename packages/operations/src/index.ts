export type { Alarm, AwsMeasure, Runbook } from './alarms/alarm.ts';
export { runbooks } from './alarms/alarm.ts';
export { alarms } from './alarms/alarm-table.ts';
export { allQueues, findQueue, type Queue } from './queues/all-queues.ts';
export { checkEffects, findEffectBreaches } from './effects/check-effects.ts';
export type { EffectCount, EffectsReport, UnknownOutcome } from './effects/check-effects.ts';
export { checkLedger, type LedgerReport, type LedgerSum } from './effects/check-ledger.ts';
export { lookThrough, type Look, type Scope } from './effects/look.ts';
export { describeBreach, type Breach } from './effects/search.ts';
export type { DeadLetter } from './dead-letters/dead-letter.ts';
export { dismissDeadLetters, type DismissOptions } from './dead-letters/dismiss-dead-letters.ts';
export type { DeadLetterFilter } from './dead-letters/filter.ts';
export { listDeadLetters, type DeadLetters } from './dead-letters/list-dead-letters.ts';
export { planRedrive, type RedrivePlan } from './dead-letters/plan-redrive.ts';
export { redriveDeadLetters, type RedriveOptions } from './dead-letters/redrive-dead-letters.ts';
export { measureQueues, type QueueDepth } from './queues/measure-queues.ts';
export { measureOutbox, type OutboxDepth } from './queues/measure-outbox.ts';
export { peekQueue, type PeekedMessage } from './queues/peek-queue.ts';
export { purgeQueue } from './queues/purge-queue.ts';
export { oldestWaiting } from './queues/oldest-waiting.ts';
export { isBounded, type EventSelection } from './events/event-selection.ts';
export { listEvents, type PublishedEvent } from './events/list-events.ts';
export { showEvent } from './events/show-event.ts';
export { planReplay, type PlannedType, type ReplayMode, type ReplayPlan } from './events/plan-replay.ts';
export { abandonReplay, continueReplay, requestReplay, type ReplayRequest } from './events/replay.ts';
export { findReplay, listReplays, type StoredReplay } from './postgres/replays.ts';
export { listWebhooks, type StoredWebhook, type WebhookFilter } from './webhooks/list-webhooks.ts';
export { showWebhook, type WebhookStory } from './webhooks/show-webhook.ts';
export {
  planWebhookReplay,
  requestWebhookReplay,
  webhookReplays,
  type PlannedWebhook,
  type WebhookReplayMode,
  type WebhookReplayState,
} from './webhooks/replay-webhooks.ts';
export {
  listScheduledTexts,
  scheduledStates,
  type ScheduledFilter,
  type ScheduledText,
} from './texts/list-scheduled-texts.ts';
export { listTexts, type StoredText, type TextFilter } from './texts/list-texts.ts';
export { showText, type TextAttempt, type TextStory } from './texts/show-text.ts';
export type { StoryNode } from './trace/story-node.ts';
export { tellStory, type Story } from './trace/tell-story.ts';
export { paceOf, type Pace } from './dead-letters/paced.ts';
export { examine } from './doctor/examine.ts';
export { examineDatabase, type DatabaseToExamine } from './doctor/examine-database.ts';
export { examineHandOut, examineNoHandOut } from './doctor/examine-hand-out.ts';
export { examineMachine } from './doctor/examine-machine.ts';
export { examinePort } from './doctor/examine-port.ts';
export { examineQueues } from './doctor/examine-queues.ts';
export { examineRedis } from './doctor/examine-redis.ts';
export { doubtful, fine, wrong, type Examination, type Finding, type Report, type Verdict } from './doctor/finding.ts';
export { examineKeys } from './doctor/plausible-keys.ts';

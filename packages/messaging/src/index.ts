export { makeAttemptSend, type AttemptSend, type AttemptSendPorts, type InTransaction } from './attempt-send.ts';
export { classifyKeyword, type KeywordMatch } from './classify-keyword.ts';
export { contentWarnings, type ContentWarning, type ContentWarningCode } from './content/content-warnings.ts';
export { linkFaults, type LinkFault } from './content/link-faults.ts';
export type { DeliveryStatus, TextState } from './delivery.ts';
export type { Keyword } from './keywords.ts';
export type { OutcomeRules } from './outcome.ts';
export type {
  CallControl,
  LookUpAnswer,
  LostTry,
  OutgoingText,
  SendOutcome,
  SmsGateway,
  TextTask,
  TextTasks,
} from './ports.ts';
export { redactCardNumbers } from './redact-card-numbers.ts';
export type { RetryPolicy } from './retry-delay.ts';
export { countSegments, type SegmentCount } from './segments/count-segments.ts';

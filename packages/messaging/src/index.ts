export {
  makeSending,
  type AttemptSend,
  type AttemptSendPorts,
  type InTransaction,
  type QueuedText,
  type Sending,
} from './attempt-send.ts';
export { createCircuit, type CircuitPolicy, type CircuitState } from './circuit.ts';
export { consentLock } from './consent/consent-lock.ts';
export { makeSyncCarrierOptOuts, type Profile } from './consent/sync-carrier-opt-outs.ts';
export { classifyKeyword, type KeywordMatch } from './classify-keyword.ts';
export { contentWarnings, type ContentWarning, type ContentWarningCode } from './content/content-warnings.ts';
export { linkFaults, type LinkFault } from './content/link-faults.ts';
export type { DeliveryStatus } from './delivery.ts';
export type { Keyword } from './keywords.ts';
export { makeDiscardMedia, type DiscardMedia } from './media/discard-media.ts';
export { makeFetchMedia, type FetchMedia } from './media/fetch-media.ts';
export { mediaKind, type MediaKind } from './media/media-type.ts';
export { suppressionOf, waitsForSender, type SuppressionReason } from './clear-to-send.ts';
export type { OutcomeRules, Verdict } from './outcome.ts';
export type {
  CallControl,
  CarrierOptOut,
  CarrierOptOuts,
  Choice,
  CodeMeaning,
  LookUpAnswer,
  LostTry,
  MediaSource,
  MediaStore,
  OutgoingTemplate,
  OutgoingText,
  ReadReceipts,
  SendOutcome,
  TextGateway,
  TemplateDoubts,
  TemplateRegistry,
  TemplateStanding,
  TemplateToApprove,
  TextTask,
  TextTasks,
} from './ports.ts';
export {
  makeReconcileAttempt,
  type ReconcileAttempt,
  type ReconcilePorts,
  type Reconciled,
} from './reconcile-attempt.ts';
export { plainPunctuation } from './plain-punctuation.ts';
export { redactCardNumbers } from './redact-card-numbers.ts';
export type { RetryPolicy } from './retry-delay.ts';
export { countSegments, type SegmentCount } from './segments/count-segments.ts';
export { makeSendFairly, type DueSearch, type DueText, type SendFairly } from './send-fairly.ts';
export { createWaitingLine, type NoRoom, type WaitingLine } from './waiting-line.ts';
export type { CarrierAccount, Ways } from './ways.ts';
export {
  templateValueNames,
  valuesOfKinds,
  type TemplateKind,
  type TemplateValueName,
  type TemplateValues,
} from './whatsapp/template-values.ts';
export { makeAdvanceTemplate, type LookedAtTemplate } from './templates/advance-template.ts';
export { readyMadeTemplates } from './templates/ready-made.ts';
export type { TemplateFault } from './templates/template-fault.ts';
export { templateFaults } from './templates/template-faults.ts';
export { retired } from './templates/template-words.ts';
export { templateKinds } from './templates/value-faults.ts';
export {
  accountAtTwilio,
  templateCategories,
  templateStates,
  type Template,
  type TemplateContent,
  type TemplateProvider,
} from './templates/template.ts';

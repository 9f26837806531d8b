export { classifyKeyword, type KeywordMatch } from './classify-keyword.ts';
export type { Keyword } from './keywords.ts';
export type { CallControl, OutgoingText, SendOutcome, SmsGateway } from './ports.ts';
export { redactCardNumbers } from './redact-card-numbers.ts';

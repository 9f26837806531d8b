export { answerKeyword, type KeywordEffect, type KeywordReceived } from './answer-keyword.ts';
export { flagUnresolvedAttempt } from './flag-unresolved-attempt.ts';
export { recordDeliveryReport, type DeliveryReport, type ReportEffect } from './record-delivery-report.ts';
export { requestText, type TextRequest } from './request-text.ts';
export type { TextClass } from '../text-class.ts';
export { suppressOpenTexts } from './suppress-open-texts.ts';

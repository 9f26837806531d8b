export { askForScheduledText, type ScheduledOutcome } from './ask-for-scheduled-text.ts';
export { findTextToShowAsRead } from './find-text-to-show-as-read.ts';
export { campaignIsBack } from './await-campaign.ts';
export { senderIsBack } from './await-sender.ts';
export { answerKeyword, type KeywordEffect, type KeywordReceived } from './answer-keyword.ts';
export { foretellText, type Foretold } from './foretell-text.ts';
export { findDueTexts } from './find-due-texts.ts';
export { consentHistory } from '../consent/consent-history.ts';
export { recordMarketingConsent, type MarketingConsentEffect } from '../consent/record-marketing-consent.ts';
export { recordOptIn, type OptInEvidence } from '../consent/record-opt-in.ts';
export { recordOptOut, type OptOutEffect } from '../consent/record-opt-out.ts';
export { understandOptOut, type UnderstandingEffect } from '../consent/understand-opt-out.ts';
export type { ConsentFilter, ConsentRecord } from './consent-pages.ts';
export { consentOf } from './consent-store.ts';
export { flagUnresolvedAttempt } from './flag-unresolved-attempt.ts';
export { putTextAside } from './put-text-aside.ts';
export {
  recordDeliveryReport,
  type DeliveryReport,
  type ReportEffect,
  type TextMove,
} from './record-delivery-report.ts';
export { requestText } from './request-text.ts';
export type { TextRequest } from './text-request.ts';
export { followsUpOffers, scheduleOfferFollowUp } from './schedule-offer-follow-up.ts';
export { scheduleVisitTexts } from './schedule-visit-texts.ts';
export type { ScheduledRow } from '../scheduled/scheduled-text.ts';
export type { TextClass } from '../text-class.ts';
export { suppressOpenTexts, suppressTextsFrom } from './suppress-open-texts.ts';
export { textOfCause, type TextOfCause } from './text-of-cause.ts';
export { clinicNameOf, findTemplate, listTemplates } from './read-templates.ts';
export { insertTemplate, moveTemplateOn, writeDraft } from './write-templates.ts';

/** Why a text is sent, which decides when it may leave. See the classes of text in docs/glossary.md. */
export type TextClass = 'reply' | 'missed-call' | 'keyword-answer' | 'reminder' | 'marketing' | 'staff-notice';

/** The answers to keywords, as the `kind` of their texts. */
export const keywordAnswerKinds = {
  stop: 'stop-confirmation',
  help: 'help-answer',
  start: 'start-confirmation',
} as const;

import type { Choice, OutgoingText } from '@frontdesk/messaging/ports';

/** The words with what may be chosen as a numbered list below them. */
export function numberedChoices({ body, choices }: Pick<OutgoingText, 'body' | 'choices'>): string {
  if (choices.length === 0) return body;
  return [body, '', ...choices.map((choice, n) => `${n + 1}. ${lineOf(choice)}`)].join('\n').trimStart();
}

function lineOf({ title, description }: Choice): string {
  return description === undefined ? title : `${title} (${description})`;
}

import { showRoute } from '../contract/show-route.ts';
import { presentAttempt, presentText, textWithAttemptsSchema } from '../messages/text-schemas.ts';
import { findText } from '../postgres/texts.ts';

/** Tells what became of a text. */
export const getMessage = () =>
  showRoute({
    operationId: 'getMessage',
    path: '/admin/messages/{id}',
    tag: 'Messages',
    summary: 'What became of a text',
    description: 'Its state, and each try to hand it to a carrier. Viewers see neither the words nor the whole number.',
    answer: { description: 'The text', schema: textWithAttemptsSchema },
    what: 'text',
    find: findText,
    present: ({ text, attempts }, role) => ({ ...presentText(text, role), tries: attempts.map(presentAttempt) }),
  });

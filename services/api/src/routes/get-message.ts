import { z } from 'zod';
import { Problem } from '../contract/problems.ts';
import { readRoute } from '../contract/route.ts';
import { clinicIdSchema, idSchema } from '../contract/schemas.ts';
import { presentAttempt, presentText, textWithAttemptsSchema } from '../messages/text-schemas.ts';
import { findText } from '../postgres/texts.ts';

/** Tells what became of a text. */
export function getMessage() {
  return readRoute({
    operationId: 'getMessage',
    method: 'get',
    path: '/admin/messages/{id}',
    tag: 'Messages',
    summary: 'What became of a text',
    description: 'Its state, and each try to hand it to a carrier. Viewers see neither the words nor the whole number.',
    role: 'viewer',
    clinicIn: 'query',
    params: z.strictObject({ id: idSchema }),
    query: z.strictObject({ orgId: clinicIdSchema }),
    answers: { 200: { description: 'The text', schema: textWithAttemptsSchema } },
    problems: ['not-found'],
    async handle({ inTenant, orgId, role, params }) {
      const found = await inTenant((tx) => findText(tx, { orgId, id: params.id }));
      if (found === null) throw new Problem('not-found', 'The clinic has no text with this id.');
      const body = { ...presentText(found.text, role), tries: found.attempts.map(presentAttempt) };
      return { status: 200 as const, body };
    },
  });
}

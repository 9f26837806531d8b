import { textStates } from '@frontdesk/contracts';
import { z } from 'zod';
import { isAtLeast } from '../auth/roles.ts';
import { pageOfFound, pageOfRequest } from '../contract/paging.ts';
import { phoneAt } from '../contract/phone.ts';
import { Problem } from '../contract/problems.ts';
import { readRoute } from '../contract/route.ts';
import { pageOf, pageQuery, personSchema } from '../contract/schemas.ts';
import { presentText, textSchema } from '../messages/text-schemas.ts';
import { listTexts } from '../postgres/texts.ts';

/** The clinic's texts, newest first. */
export function listMessages() {
  return readRoute({
    operationId: 'listMessages',
    path: '/admin/messages',
    tag: 'Messages',
    summary: 'The texts of a clinic, newest first',
    description:
      'Of one state, to one number, or all. Viewers see neither the words nor the whole number, and cannot search by number.',
    role: 'viewer',
    query: {
      state: z.enum(textStates).optional().meta({ description: 'a state of texts, to see those alone' }),
      to: personSchema.optional().meta({
        description: 'a phone number, or `wa:` and an id at WhatsApp, to see the texts to it alone',
      }),
      ...pageQuery,
    },
    answer: { description: 'One page', schema: pageOf(textSchema) },
    async handle({ inTenant, orgId, role, query }) {
      // Three hidden digits would be found by trying them all.
      if (query.to !== undefined && !isAtLeast(role, 'manager')) {
        throw new Problem('role-too-small', 'To search by number needs the role manager; leave `to` out.');
      }
      const page = pageOfRequest(query);
      const { state = null } = query;
      const to = query.to?.startsWith('wa:') === false ? phoneAt({ parameter: 'to' }, query.to) : (query.to ?? null);
      const found = await inTenant((tx) => listTexts(tx, { orgId, state, to, ...page, atMost: page.atMost + 1 }));
      const { items, nextCursor } = pageOfFound(found, page, ({ id }) => id);
      return { items: items.map((text) => presentText(text, role)), nextCursor };
    },
  });
}

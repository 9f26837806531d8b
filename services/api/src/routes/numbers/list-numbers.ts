import { parsePhoneNumber } from '@frontdesk/kernel';
import { listNumbers } from '@frontdesk/numbers/postgres';
import { keyOf, limitOf, pageOfFound } from '../../contract/paging.ts';
import { readRoute } from '../../contract/route.ts';
import { pageOf, pageQuery } from '../../contract/schemas.ts';
import { numberSchema, presentNumber } from '../../numbers/number-schemas.ts';

/** The numbers that are the clinic's now. */
export function listClinicNumbers() {
  return readRoute({
    operationId: 'listNumbers',
    path: '/admin/numbers',
    tag: 'Numbers',
    summary: 'The numbers of a clinic',
    description: 'Those that take its texts and calls now, in their order.',
    role: 'viewer',
    query: pageQuery,
    answer: { description: 'One page', schema: pageOf(numberSchema) },
    async handle({ inTenant, orgId, role, query }) {
      const page = { atMost: limitOf(query), after: keyOf(query, (text) => parsePhoneNumber(text) === text) };
      const found = await inTenant((tx) => listNumbers(tx, { orgId, ...page, atMost: page.atMost + 1 }));
      const { items, nextCursor } = pageOfFound(found, page, ({ number }) => number);
      return { items: items.map((each) => presentNumber(each, role)), nextCursor };
    },
  });
}

import { parsePhoneNumber } from '@frontdesk/kernel';
import { listNumbers } from '@frontdesk/numbers/postgres';
import { Problem } from '../../contract/problems.ts';
import { readRoute } from '../../contract/route.ts';
import { pageOf, pageQuery } from '../../contract/schemas.ts';
import { numberSchema, presentNumber } from '../../numbers/number-schemas.ts';

const usualLimit = 25;

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
      const atMost = query.limit === undefined ? usualLimit : Number(query.limit);
      const after = query.cursor === undefined ? null : numberOf(query.cursor);
      const found = await inTenant((tx) => listNumbers(tx, { orgId, after, atMost: atMost + 1 }));
      const items = found.slice(0, atMost);
      const last = found.length > atMost ? items.at(-1) : undefined;
      const nextCursor = last === undefined ? null : Buffer.from(last.number).toString('base64url');
      return { items: items.map((each) => presentNumber(each, role)), nextCursor };
    },
  });
}

function numberOf(cursor: string): string {
  const number = Buffer.from(cursor, 'base64url').toString('utf8');
  if (parsePhoneNumber(number) === number) return number;
  throw new Problem('invalid-fields', 'Mend what `errors` names, and send it again.', {
    errors: [{ parameter: 'cursor', detail: 'it is no cursor of this list', mend: 'give a `nextCursor` as it came' }],
  });
}

import { isId, type Id } from '@frontdesk/kernel';
import { Problem } from './problems.ts';

const usualLimit = 25;

export type Page = { atMost: number; before: Id | null };

/** What a request wants of a list whose ids sort by time. @throws Problem for a cursor that was not given out */
export function pageOfRequest({ limit, cursor }: { limit?: string | undefined; cursor?: string | undefined }): Page {
  return {
    atMost: limit === undefined ? usualLimit : Number(limit),
    before: cursor === undefined ? null : idOf(cursor),
  };
}

function idOf(cursor: string): Id {
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (isId(id)) return id;
  throw new Problem('invalid-fields', 'Mend what `errors` names, and send it again.', {
    errors: [{ parameter: 'cursor', detail: 'it is no cursor of this list', mend: 'give a `nextCursor` as it came' }],
  });
}

/** One page of `found`, of which one more than wanted was asked for: it says whether there is another page. */
export function pageOfFound<Row extends { id: Id }>(
  found: readonly Row[],
  { atMost }: Pick<Page, 'atMost'>,
): { items: Row[]; nextCursor: string | null } {
  const items = found.slice(0, atMost);
  const last = items.at(-1);
  const nextCursor = found.length > atMost && last !== undefined ? Buffer.from(last.id).toString('base64url') : null;
  return { items, nextCursor };
}

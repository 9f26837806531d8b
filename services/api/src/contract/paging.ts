import { isId, type Id } from '@frontdesk/kernel';
import { wrongFields } from './problems.ts';

const usualLimit = 25;

export type Page = { atMost: number; before: Id | null };
type Asked = { limit?: string | undefined; cursor?: string | undefined };

/** What a request wants of a list whose ids sort by time. @throws Problem for a cursor that was not given out */
export const pageOfRequest = (asked: Asked): Page => ({ atMost: limitOf(asked), before: keyOf(asked, isId) });

export const limitOf = ({ limit }: Asked): number => (limit === undefined ? usualLimit : Number(limit));

/** The key of the last thing on the page before; null for the first page. @throws Problem for a cursor that was not given out */
export function keyOf({ cursor }: Asked, isKey: (text: string) => boolean): string | null {
  if (cursor === undefined) return null;
  const key = Buffer.from(cursor, 'base64url').toString('utf8');
  if (isKey(key)) return key;
  throw wrongFields([
    { parameter: 'cursor', detail: 'it is no cursor of this list', mend: 'give a `nextCursor` as it came' },
  ]);
}

/** One page of `found`, of which one more than wanted was asked for: it says whether there is another page. */
export function pageOfFound<Row>(
  found: readonly Row[],
  { atMost }: Pick<Page, 'atMost'>,
  keyOfRow: (row: Row) => string,
): { items: Row[]; nextCursor: string | null } {
  const items = found.slice(0, atMost);
  const last = items.at(-1);
  const isMore = found.length > atMost && last !== undefined;
  return { items, nextCursor: isMore ? Buffer.from(keyOfRow(last)).toString('base64url') : null };
}

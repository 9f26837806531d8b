import { z } from 'zod';
import type { AdminClient } from './admin-client.ts';
import type { Operation } from './operations.ts';

const perPage = 100;

/** The items of a list, `limit` at most; whether there are more. */
export async function allPages<Item extends z.ZodType>(
  admin: AdminClient,
  operation: Operation,
  item: Item,
  limit: number,
): Promise<{ items: z.infer<Item>[]; more: boolean }> {
  const page = z.object({ items: z.array(item), nextCursor: z.string().nullable() });
  const items: z.infer<Item>[] = [];
  let cursor: string | undefined;
  do {
    const fields = { limit: Math.min(perPage, limit - items.length), cursor };
    const read = await admin.ask(operation, page, { fields });
    items.push(...read.items);
    cursor = read.nextCursor ?? undefined;
  } while (cursor !== undefined && items.length < limit);
  return { items, more: cursor !== undefined };
}

import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { z } from 'zod';
import type { Role } from '../auth/roles.ts';
import { pageOfFound, pageOfRequest, type Page } from './paging.ts';
import { readRoute, type Told } from './route.ts';
import { pageOf, pageQuery } from './schemas.ts';

type Shape = Readonly<Record<string, z.ZodType>>;

/** Declares a route that lists things of a clinic, newest first and a page at a time. */
export function listRoute<Found extends { id: Id }, Item extends z.ZodType, Filter extends Shape = {}>({
  filter,
  item,
  find,
  present,
  ...told
}: Omit<Told<`/admin/${string}`, Item>, 'role' | 'answer' | 'problems'> & {
  /** What narrows the list, beside its pages. */
  filter?: Filter;
  item: Item;
  find: (
    tx: TenantTransaction,
    wanted: { orgId: Id } & Page,
    filter: z.output<z.ZodObject<Filter>>,
  ) => Promise<readonly Found[]>;
  present: (found: Found, role: Role, now: Temporal.Instant) => z.input<Item>;
}) {
  return readRoute({
    ...told,
    role: 'viewer',
    query: { ...filter, ...pageQuery },
    answer: { description: 'One page', schema: pageOf(item) },
    async handle({ inTenant, orgId, role, now, query }) {
      // The schema of the query is made of both of these.
      const asked = query as z.output<z.ZodObject<Filter>> & { limit?: string; cursor?: string };
      const page = pageOfRequest(asked);
      const found = await inTenant((tx) => find(tx, { orgId, ...page, atMost: page.atMost + 1 }, asked));
      const { items, nextCursor } = pageOfFound(found, page, ({ id }) => id);
      return { items: items.map((each) => present(each, role, now)), nextCursor };
    },
  });
}

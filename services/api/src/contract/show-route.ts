import type { TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import type { z } from 'zod';
import type { Role } from '../auth/roles.ts';
import { notFound } from './problems.ts';
import { readRoute, type Told } from './route.ts';

/** Declares a route that shows one thing of a clinic. What the clinic does not have is 404. */
export function showRoute<Found, Schema extends z.ZodType>({
  what,
  find,
  present,
  ...told
}: Omit<Told<`/admin/${string}/{id}`, Schema>, 'role' | 'problems'> & {
  /** What it is, as the 404 names it. */
  what: string;
  find: (tx: TenantTransaction, which: { orgId: Id; id: Id }) => Promise<Found | null>;
  present: (found: Found, role: Role, now: Temporal.Instant) => z.input<Schema>;
}) {
  return readRoute({
    ...told,
    role: 'viewer',
    problems: ['not-found'],
    async handle({ inTenant, orgId, id, role, now }) {
      const found = await inTenant((tx) => find(tx, { orgId, id }));
      if (found === null) throw notFound(what);
      return present(found, role, now);
    },
  });
}

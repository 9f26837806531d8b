import { createHash } from 'node:crypto';
import type { TenantTransaction } from '@frontdesk/db';
import type { Request } from 'express';
import { idempotencyKeySchema } from '../contract/openapi.ts';
import { Problem } from '../contract/problems.ts';
import type { Route } from '../contract/route.ts';
import { keepAnswer, takeKey, type KeyedRequest, type KnownAnswer } from '../postgres/idempotency-keys.ts';

/** The key of a change, without the quotes that the header may have. @throws Problem when it is missing or malformed */
export function idempotencyKeyOf(request: Request): string {
  const parsed = idempotencyKeySchema.safeParse(request.headers['idempotency-key']);
  if (!parsed.success) {
    throw new Problem(
      'idempotency-key-missing',
      'Send the header Idempotency-Key: 1 to 255 visible characters, chosen anew for each change.',
    );
  }
  return parsed.data.replaceAll('"', '');
}

/** The same route with the same content, however its JSON is written. */
export function digestOf(route: Route, content: unknown): string {
  return createHash('sha256')
    .update(`${route.operationId}\n${JSON.stringify(content, sortedKeys)}`)
    .digest('hex');
}

function sortedKeys(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** Does the change unless it was done before, and keeps its answer with it. */
export async function changeOnce(
  tx: TenantTransaction,
  { now, ...keyed }: KeyedRequest & { now: Temporal.Instant },
  change: () => Promise<KnownAnswer>,
): Promise<KnownAnswer & { repeated: boolean }> {
  const known = await takeKey(tx, keyed);
  switch (known.kind) {
    case 'in-flight':
      throw new Problem('request-in-flight', 'Wait for the answer to the first one, or ask again in a second.', {
        retryAfterSeconds: 1,
      });
    case 'reused':
      throw new Problem('idempotency-key-reused', 'Choose a new Idempotency-Key for a new request.');
    case 'answered':
      return { ...known.answer, repeated: true };
    case 'new': {
      const answer = await change();
      await keepAnswer(tx, keyed, answer, now);
      return { ...answer, repeated: false };
    }
  }
}

import { toInstant, type OperatorDatabase } from '@frontdesk/db';
import { findParked, type ParkedRow } from '../postgres/parked-messages.ts';
import { deadLetter, type DeadLetter } from './dead-letter.ts';
import type { DeadLetterFilter } from './filter.ts';
import { refusalOf } from './why-refused.ts';

export async function listParked(
  database: OperatorDatabase,
  filter: DeadLetterFilter,
  most: number,
): Promise<DeadLetter[]> {
  return (await findParked(database, filter, { most })).map(parkedLetter);
}

export function parkedLetter(row: ParkedRow): DeadLetter {
  const { id, queue, parkedAt, resolvedAt, resolvedBy, resolution, body, reason } = row;
  return deadLetter({
    id,
    place: 'parked',
    queue,
    since: toInstant(parkedAt),
    settled:
      resolvedAt === null
        ? null
        : { how: resolution ?? 'dismissed', by: resolvedBy ?? 'somebody', at: toInstant(resolvedAt) },
    body,
    refusal: refusalOf(reason),
  });
}

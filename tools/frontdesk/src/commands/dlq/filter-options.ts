import { Option } from '@commander-js/extra-typings';
import type { Clock } from '@frontdesk/kernel';
import type { DeadLetterFilter } from '@frontdesk/operations';
import { duration, id, workQueueNames } from '../../arguments.ts';

/** The options that choose dead letters, the same for every verb. */
export const filterOptions = {
  type: new Option('--type <type>', 'of this event type, with its version or without'),
  clinic: new Option('--clinic <id>', 'of this clinic (names are not for operators to read)').argParser(id),
  queue: new Option('--queue <queue>', 'that were meant for this queue').choices(workQueueNames),
  olderThan: new Option('--older-than <age>', 'dead for longer than 90s, 15m, 2h or 3d').argParser(duration),
  newerThan: new Option('--newer-than <age>', 'dead for less than that').argParser(duration),
};

export type FilterValues = {
  type?: string | undefined;
  clinic?: string | undefined;
  queue?: string | undefined;
  olderThan?: Temporal.Duration | undefined;
  newerThan?: Temporal.Duration | undefined;
};

export function filterOf(
  { type, clinic, queue, olderThan, newerThan }: FilterValues,
  clock: Clock,
  ids: readonly string[] = [],
): DeadLetterFilter {
  return {
    ...(ids.length > 0 && { ids }),
    ...(type !== undefined && { type }),
    ...(clinic !== undefined && { orgId: clinic }),
    ...(queue !== undefined && { queue }),
    ...(olderThan !== undefined && { before: clock().subtract(olderThan) }),
    ...(newerThan !== undefined && { after: clock().subtract(newerThan) }),
  };
}

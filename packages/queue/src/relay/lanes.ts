/** Batches that must follow one another. Different lanes may travel at the same time. */
export type Lane<Entry> = readonly (readonly Entry[])[];

/**
 * Spreads entries, which come in their order, over lanes. All entries of a group are in one lane and no batch holds two
 * of a group, so each can wait until SQS has the one before it, even when part of a batch fails.
 */
export function lanesOf<Entry extends { queue: string; groupId: string }>(
  entries: readonly Entry[],
  batchSize: number,
): Lane<Entry>[] {
  return [...Map.groupBy(entries, ({ queue }) => queue).values()].flatMap((ofQueue) => {
    // Groups of like length share a lane, so that its batches stay full.
    const groups = [...Map.groupBy(ofQueue, ({ groupId }) => groupId).values()].sort((a, b) => b.length - a.length);
    return chunks(groups, batchSize).map(laneOf);
  });
}

function laneOf<Entry>(groups: readonly (readonly Entry[])[]): Lane<Entry> {
  const length = groups[0]?.length ?? 0;
  return Array.from({ length }, (_, turn) => groups.flatMap((group) => group.slice(turn, turn + 1)));
}

function chunks<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
}

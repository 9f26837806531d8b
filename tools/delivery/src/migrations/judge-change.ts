import type { Fault } from './judge-migration.ts';

/** One line of `git diff --name-status`. */
export type FileChange = { status: string; file: string };

/** Whether migrations were only added, each after the newest that may have run. */
export function judgeChange(changes: readonly FileChange[], before: readonly string[]): Fault[] {
  const newest = before.toSorted().at(-1) ?? '';
  return changes.flatMap(({ status, file }): Fault[] => {
    if (status !== 'A') {
      return [
        { file, line: 1, reason: 'changed after it may have run; what has run is never edited, write a new one' },
      ];
    }
    if (file <= newest) return [{ file, line: 1, reason: `comes before ${newest}, which may have run already` }];
    return [];
  });
}

import type { Breach } from '@frontdesk/operations';
import type { CommandContext } from './context.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';

const shown = 5;

/** Says what does not hold, with ids, and ends with 1 when there is anything. */
export function tellBreaches({ out }: CommandContext, breaches: readonly Breach[], allIsWell: string): void {
  for (const { what, count, rows } of breaches) {
    out.line(out.paint('red', `${what} (${count})`));
    for (const { orgId, id, since } of rows.slice(0, shown)) {
      out.line(`  ${id}  clinic ${orgId ?? 'unknown'}  since ${since ?? 'unknown'}`);
    }
    if (count > shown) out.line(`  and ${count - shown} more (--json shows up to 20)`);
  }
  endByBreaches(breaches);
  out.line(out.paint('green', allIsWell));
}

export function endByBreaches(breaches: readonly Breach[]): void {
  if (breaches.length > 0) throw new CommandFailure('', exitCodes.failed);
}

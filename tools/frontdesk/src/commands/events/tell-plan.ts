import type { ReplayPlan } from '@frontdesk/operations';
import type { CommandContext } from '../../context.ts';

/** What a replay would do, for each consumer and type: the inbox, and what leaves the house. */
export function tellPlan({ out }: CommandContext, { types, events, clinics, first, last }: ReplayPlan): void {
  for (const { consumer, type, events: ofType, handled, inbox, leaves } of types) {
    out.line(`${out.paint('bold', type)} to ${consumer}: ${ofType}, ${handled} of them handled before`);
    out.line(`  inbox   ${inbox}`);
    out.line(`  leaves  ${leaves.startsWith('nothing') ? leaves : out.paint('yellow', leaves)}`);
  }
  out.line(
    events === 0
      ? 'No published event is meant.'
      : `${count(events, 'event')} of ${count(clinics, 'clinic')}, published from ${first ?? '–'} to ${last ?? '–'}.`,
  );
}

function count(number: number, what: string): string {
  return `${number} ${what}${number === 1 ? '' : 's'}`;
}

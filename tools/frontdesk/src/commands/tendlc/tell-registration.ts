import type { Finding, Registration } from '../../admin/answers.ts';
import type { CommandContext } from '../../context.ts';

/** What the registry would say, worst first. */
export function tellFindings({ out }: CommandContext, findings: readonly Finding[]): void {
  for (const { severity, pointer, words, mend } of findings.toSorted((a, b) => bySeverity(a) - bySeverity(b))) {
    const mark = severity === 'rejected' ? out.paint('red', 'would be rejected') : out.paint('yellow', 'risk');
    out.line(`${mark}  ${pointer.replace(/^#\/details\/?/, '').replaceAll('/', '.')}: ${words} ${mend}`);
  }
}

const bySeverity = ({ severity }: Finding) => (severity === 'rejected' ? 0 : 1);

/** Where a brand or a campaign is, why, and what to do; `isHandedIn` just now, so that a change is on its way. */
export function tellRegistration(
  { out }: CommandContext,
  { id, state, words, next, usually, reasons, changed, details, isHandedIn }: Registration & { isHandedIn?: true },
): void {
  out.line(`${details.displayName ?? details.usecase ?? ''}: ${state}, ${id}`);
  out.line(words);
  for (const { reason, mend } of reasons) out.line(`  ${reason}${mend === null ? '' : ` Do this: ${mend}`}`);
  const isKnown = state !== 'draft' && state !== 'submitted';
  if (changed && isKnown && isHandedIn === true) out.line('The registry is being told what was changed.');
  else if (changed && isKnown) out.line('The registry does not have it as it is now: submit it again.');
  out.line(usually === null ? next : `${next} Usually: ${usually}`);
}

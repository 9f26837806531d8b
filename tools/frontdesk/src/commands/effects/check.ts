import { checkEffects, lookThrough } from '@frontdesk/operations';
import type { CommandContext } from '../../context.ts';
import { scopeOf, scopeOptions } from '../../scope-options.ts';
import { endByBreaches, tellBreaches } from '../../tell-breaches.ts';
import { verb } from '../../verb.ts';

export const check = (context: CommandContext) =>
  verb('check', {
    summary: 'Count causes against effects, and say what does not match',
    description:
      'Walks from every cause to its effect and back: the text, call or payment, the row with its key, the event that was\n' +
      'published, the attempt, what the provider said. Open work counts as broken only after its time. Ends with 1 when a cause\n' +
      'has no effect, an effect no cause, or a cause two effects. Outcomes that nobody can know are listed; they break nothing.',
    examples: [
      'frontdesk effects check',
      'frontdesk effects check --last 2h',
      'frontdesk effects check --clinic 11111111-1111-4111-8111-111111111111 --since 2026-11-21T08:00:00Z',
      "frontdesk effects check --json | jq '.breaches'",
    ],
  })
    .addOption(scopeOptions.clinic)
    .addOption(scopeOptions.last)
    .addOption(scopeOptions.since)
    .addOption(scopeOptions.until)
    .action(async ({ json, ...options }) => {
      const { out, clock } = context;
      const look = lookThrough(context.operatorDatabase());
      const report = await checkEffects(look, { ...scopeOf(options, clock), now: clock() });
      if (json === true) {
        out.json(report);
        return endByBreaches(report.breaches);
      }
      out.table(report.counts.map(({ kind, causes, effects }) => ({ kind, causes, effects })));
      out.line();
      if (report.unknown.length > 0) {
        out.line('Texts that may or may not have left:');
        for (const { messageId, orgId, since, taskOpen } of report.unknown) {
          out.line(
            `  ${messageId}  clinic ${orgId}  since ${since}  ${taskOpen ? 'staff have a task' : 'no open task'}`,
          );
        }
      }
      tellBreaches(context, report.breaches, 'Every cause has its one effect.');
    });

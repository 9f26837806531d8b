import { dismissDeadLetters, planRedrive } from '@frontdesk/operations';
import { ids } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { failOnUnknown, tellGone, tellLetters, tellSettled, withoutBody } from './tell-letters.ts';

export const dismiss = (context: CommandContext) =>
  verb('dismiss', {
    summary: 'Give dead letters up for ever; only says what it would do until --yes',
    description:
      'For what no redrive can mend: messages that nobody can read, or that no longer matter. Nothing comes of them, and alarms\n' +
      'count them no more. Who did it is written down.',
    examples: ['frontdesk dlq dismiss 0199d5a0-0000-7000-8000-000000000007 --yes'],
  })
    .argument('<ids...>', 'which messages, by their own ids or those of their events', ids)
    .option('--yes', 'do it')
    .action(async (wanted, { yes, json }) => {
      const { out, clock, operator } = context;
      const parts = { sqs: context.queues(), database: context.operatorDatabase() };
      const { open, settled, gone, unknown } = await planRedrive(parts, { ids: wanted });
      const dismissed = yes === true ? await dismissDeadLetters({ ...parts, letters: open, operator, clock }) : [];
      if (json === true) {
        const rest = { settled: settled.map(withoutBody), gone, unknown };
        if (yes === true) out.json({ dryRun: false, dismissed: dismissed.map(withoutBody), ...rest });
        else out.json({ dryRun: true, letters: open.map(withoutBody), ...rest });
      } else {
        tellSettled(context, settled);
        tellGone(context, gone);
        if (yes === true) out.line(`${dismissed.length} dismissed.`);
        else {
          tellLetters(context, open);
          out.line(`${open.length} would be given up for ever. Nothing was done; --yes does it.`);
        }
      }
      failOnUnknown(context, unknown);
    });

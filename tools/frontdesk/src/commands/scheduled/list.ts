import { Option } from '@commander-js/extra-typings';
import { listScheduledTexts, scheduledStates } from '@frontdesk/operations';
import { count, id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { momentOrAge } from '../../moment-or-age.ts';
import { verb } from '../../verb.ts';

export const list = (context: CommandContext) =>
  verb('list', {
    summary: 'List reminders and follow-ups by when they are due',
    description: 'Without --state, those that are still to be asked for. What became of the others says their reason.',
    examples: [
      'frontdesk scheduled list --clinic 11111111-1111-4111-8111-111111111111',
      'frontdesk scheduled list --state dropped --since 1d',
    ],
  })
    .addOption(new Option('--state <state>', 'that stand there').choices(scheduledStates).default('scheduled' as const))
    .addOption(new Option('--clinic <id>', 'of this clinic alone').argParser(id))
    .addOption(new Option('--since <moment>', 'due since: 15m, 2h, 3d (ago) or an instant').argParser(momentOrAge))
    .addOption(new Option('--until <moment>', 'due before: likewise').argParser(momentOrAge))
    .option('--limit <count>', 'how many at most', count(10_000), 50)
    .action(async ({ state, clinic, since, until, limit, json }) => {
      const { out, clock } = context;
      const filter = {
        states: [state],
        ...(clinic !== undefined && { orgId: clinic }),
        ...(since !== undefined && { since: since(clock()) }),
        ...(until !== undefined && { until: until(clock()) }),
      };
      const texts = await listScheduledTexts(context.operatorDatabase(), filter, limit);
      if (json === true) return out.json(texts);
      out.table(
        texts.map(({ dueAt, id: text, orgId, kind, appointmentId, state: stands, reason }) => ({
          due: dueAt,
          text,
          clinic: orgId,
          kind,
          visit: appointmentId,
          state: stands,
          reason,
        })),
      );
      out.line(texts.length === 0 ? 'There are none.' : `${texts.length} listed.`);
      if (texts.length === limit) out.note('There may be more: --limit and --since show them.');
    });

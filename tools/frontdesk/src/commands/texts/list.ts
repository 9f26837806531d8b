import { Option } from '@commander-js/extra-typings';
import { textStates } from '@frontdesk/contracts';
import { listTexts } from '@frontdesk/operations';
import { count, id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { momentOrAge } from '../../moment-or-age.ts';
import { verb } from '../../verb.ts';

export const list = (context: CommandContext) =>
  verb('list', {
    summary: 'List texts, newest first: where each stands, and why',
    description: 'Neither what a text says nor whom it is for is for operators to read.',
    examples: [
      'frontdesk texts list --state failed --since 1d',
      'frontdesk texts list --clinic 11111111-1111-4111-8111-111111111111 --state queued',
      "frontdesk texts list --state unknown --json | jq '.[].id'",
    ],
  })
    .addOption(new Option('--state <state>', 'that stand there').choices(textStates))
    .addOption(new Option('--clinic <id>', 'of this clinic alone').argParser(id))
    .addOption(
      new Option('--since <moment>', 'asked for since: 15m, 2h, 3d (ago) or an instant').argParser(momentOrAge),
    )
    .addOption(new Option('--until <moment>', 'asked for before: likewise').argParser(momentOrAge))
    .option('--limit <count>', 'how many at most', count(10_000), 50)
    .action(async ({ state, clinic, since, until, limit, json }) => {
      const { out, clock } = context;
      const filter = {
        ...(state !== undefined && { states: [state] }),
        ...(clinic !== undefined && { orgId: clinic }),
        ...(since !== undefined && { since: since(clock()) }),
        ...(until !== undefined && { until: until(clock()) }),
      };
      const texts = await listTexts(context.operatorDatabase(), filter, limit);
      if (json === true) return out.json(texts);
      out.table(
        texts.map(({ askedAt, id: text, orgId, kind, state: stands, attempts, carrier, reason }) => ({
          asked: askedAt,
          text,
          clinic: orgId,
          kind,
          state: stands,
          attempts,
          carrier,
          reason,
        })),
      );
      out.line(texts.length === 0 ? 'There are none.' : `${texts.length} listed.`);
      if (texts.length === limit) out.note('There may be more: --limit and --until show them.');
    });

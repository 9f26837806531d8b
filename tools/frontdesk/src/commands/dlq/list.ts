import { listDeadLetters } from '@frontdesk/operations';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { filterOf, filterOptions } from './filter-options.ts';
import { tellLetters, tellRest, withoutBody } from './tell-letters.ts';

export const list = (context: CommandContext) =>
  verb('list', {
    summary: 'List what nothing came of: what waits for it, why it failed, what a redrive does',
    description:
      'Dead letters lie in two places: the table parked_messages holds what a handler refused, with its reason; the dead-letter\n' +
      'queues hold what killed its process ten times. Both are shown, oldest first.',
    examples: [
      'frontdesk dlq list',
      'frontdesk dlq list --type messaging.text-requested --older-than 1h',
      "frontdesk dlq list --clinic 11111111-1111-4111-8111-111111111111 --json | jq '.letters[].why'",
    ],
  })
    .addOption(filterOptions.type)
    .addOption(filterOptions.clinic)
    .addOption(filterOptions.queue)
    .addOption(filterOptions.olderThan)
    .addOption(filterOptions.newerThan)
    .option('--limit <count>', 'how many of each place', count(10_000), 100)
    .action(async ({ limit, json, ...options }) => {
      const { out, clock } = context;
      const parts = { sqs: context.queues(), database: context.operatorDatabase() };
      const found = await listDeadLetters(parts, filterOf(options, clock), limit);
      if (json === true) return out.json({ ...found, letters: found.letters.map(withoutBody) });
      tellLetters(context, found.letters);
      out.line(found.letters.length === 0 ? 'There are none.' : `${found.letters.length} in all.`);
      tellRest(context, found);
    });

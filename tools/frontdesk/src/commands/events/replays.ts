import { listReplays } from '@frontdesk/operations';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const replays = (context: CommandContext) =>
  verb('replays', {
    summary: 'List replays: who wanted them, how they went, which are not done',
    examples: ['frontdesk events replays', "frontdesk events replays --json | jq '.[] | select(.finishedAt == null)'"],
  })
    .option('--limit <count>', 'how many at most', count(1_000), 20)
    .action(async ({ limit, json }) => {
      const { out } = context;
      const found = await listReplays(context.operatorDatabase(), limit);
      if (json === true) return out.json(found);
      out.table(
        found.map(({ number, requestedAt, requestedBy, inbox, effects, planned, replayed, finishedAt }) => ({
          replay: number,
          requested: requestedAt,
          by: requestedBy,
          inbox,
          effects,
          planned,
          replayed,
          finished: finishedAt,
        })),
      );
      if (found.length === 0) out.line('There are none.');
    });

import { abandonReplay, findReplay, listReplays, type StoredReplay } from '@frontdesk/operations';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';
import { carryOn } from './carry-on.ts';

const mostAtOnce = 100;

export const resume = (context: CommandContext) =>
  verb('resume', {
    summary: 'Carry on replays that were interrupted, or end them where they are',
    description: 'What is in the outbox is published, and the rest follows; nothing is handled twice by it.',
    examples: ['frontdesk events resume', 'frontdesk events resume 7', 'frontdesk events resume 7 --abandon'],
  })
    .argument('[number]', 'which replay; all that are not done when left out', count(Number.MAX_SAFE_INTEGER))
    .option('--abandon', 'end it where it is')
    .action(async (number, { abandon, json }) => {
      const { out, clock } = context;
      const database = context.operatorDatabase();
      if (abandon === true && number === undefined) out.fail('Which one is to be ended?', exitCodes.usedWrongly);
      const done: StoredReplay[] = [];
      for (const replay of await interrupted(context, number)) {
        done.push(
          abandon === true ? await abandonReplay(database, replay.number, clock) : await carryOn(context, replay),
        );
      }
      if (json === true) return out.json(done);
      for (const each of done) out.line(`Replay ${each.number}: ${each.replayed} of ${each.planned} replayed.`);
      if (done.length === 0) out.line('No replay was interrupted.');
    });

async function interrupted({ out, ...context }: CommandContext, number: number | undefined): Promise<StoredReplay[]> {
  const database = context.operatorDatabase();
  if (number === undefined) {
    return (await listReplays(database, mostAtOnce)).filter(({ finishedAt }) => finishedAt === null).toReversed();
  }
  const replay = await findReplay(database, number);
  if (replay === null) return out.fail(`There is no replay ${number}.`, exitCodes.failed);
  return replay.finishedAt === null ? [replay] : [];
}

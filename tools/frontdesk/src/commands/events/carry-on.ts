import { continueReplay, paceOf, type StoredReplay } from '@frontdesk/operations';
import { drainOutbox } from '@frontdesk/queue';
import type { CommandContext } from '../../context.ts';
import { refuseWrongMode } from '../../refuse-wrong-mode.ts';

/** Carries a replay on to its end, with a bar for who looks. */
export async function carryOn(
  context: CommandContext,
  { number, planned, replayed, perSecond }: StoredReplay,
): Promise<StoredReplay> {
  const { out, clock } = context;
  const database = context.operatorDatabase();
  await refuseWrongMode(context);
  const sqs = context.queues();
  const publish = async () => {
    // A desk in one process takes them from the outbox by itself.
    if (sqs !== null) await drainOutbox({ pool: database.pool, producer: 'operations', sqs });
  };
  const bar = out.progress(`Replay ${number}`, planned);
  let shown = 0;
  const advanceTo = (count: number) => {
    bar.advance(count - shown);
    shown = count;
  };
  advanceTo(replayed);
  try {
    return await continueReplay(number, {
      database,
      publish,
      pace: paceOf(perSecond),
      clock,
      onProgress: (replay) => advanceTo(replay.replayed),
    });
  } finally {
    bar.done();
  }
}

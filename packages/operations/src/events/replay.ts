import type { OperatorDatabase } from '@frontdesk/db';
import { NotFound, present, type Clock } from '@frontdesk/kernel';
import type { Pace } from '../dead-letters/paced.ts';
import {
  auditReplay,
  endReplay,
  findReplay,
  storeReplay,
  takeBack,
  takeChunk,
  type StoredReplay,
} from '../postgres/replays.ts';
import type { EventSelection } from './event-selection.ts';
import { planReplay, type ReplayMode } from './plan-replay.ts';

const mostPerChunk = 100;

export type ReplayRequest = ReplayMode & {
  selection: EventSelection;
  perSecond: number;
  /** Who wants it, for the audit. */
  operator: string;
};

/**
 * Writes down that the selected events are to be replayed, and who wanted it. Nothing moves before `continueReplay`. What
 * is published from now on is not part of it.
 */
export async function requestReplay(
  database: OperatorDatabase,
  { selection, perSecond, operator, inbox, effects }: ReplayRequest,
  clock: Clock,
): Promise<StoredReplay> {
  const now = clock();
  const until = selection.until ?? now.toString();
  const ended = { ...selection, until };
  const { events } = await planReplay(database, ended, { inbox, effects });
  return database.inTransaction(async (tx) => {
    const request = { selection: ended, perSecond, operator, inbox, effects, planned: events, now };
    const replay = await storeReplay(tx, request);
    await auditReplay(tx, replay, { action: 'replay.requested', now });
    return replay;
  });
}

export type ContinueOptions = {
  database: OperatorDatabase;
  /** Publishes what operators have in the outbox. */
  publish: () => Promise<unknown>;
  /** Waits until so many more may go. */
  pace: Pace;
  clock: Clock;
  onProgress?: (replay: StoredReplay) => void;
};

/**
 * Puts the events of a replay into the outbox, chunk by chunk and each in its order, and publishes them. The chunk and how
 * far the replay is are one transaction, so that it goes on where it was interrupted, whoever calls this next.
 * @throws NotFound when there is no such replay
 */
export async function continueReplay(number: number, options: ContinueOptions): Promise<StoredReplay> {
  const { database, publish, pace, clock, onProgress = () => {} } = options;
  const stored = await findReplay(database, number);
  if (stored === null) throw new NotFound(`there is no replay ${number}`);
  const chunk = Math.min(mostPerChunk, stored.perSecond);
  await publish(); // what a run that was interrupted has left
  for (let replay = stored; replay.finishedAt === null;) {
    await pace(chunk);
    const next = await database.inTransaction((tx) => takeChunk(tx, { number, most: chunk }));
    await publish();
    const isDone = next.taken < chunk;
    replay =
      (isDone ? await database.inTransaction((tx) => endReplay(tx, { number, now: clock() })) : null) ?? next.replay;
    onProgress(replay);
  }
  return present(await findReplay(database, number), 'the replay that just went on');
}

/** Ends a replay where it is: what is not published yet is not replayed, nor left for the next operator to publish. */
export async function abandonReplay(database: OperatorDatabase, number: number, clock: Clock): Promise<StoredReplay> {
  const now = clock();
  return database.inTransaction(async (tx) => {
    if ((await endReplay(tx, { number, now })) === null) {
      throw new NotFound(`there is no replay ${number} that goes on`);
    }
    const replay = await takeBack(tx, number);
    await auditReplay(tx, replay, { action: 'replay.abandoned', now });
    return replay;
  });
}

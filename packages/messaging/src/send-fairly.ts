import type { CarrierName } from '@frontdesk/contracts';
import type { Clock, Id, Logger } from '@frontdesk/kernel';
import type { Begun, QueuedText } from './attempt-send.ts';
import { placeKey, type Place, type WaitingLine } from './waiting-line.ts';

/** A text that is due, and where it would leave from. */
export type DueText = QueuedText & Place;

/** What is looked for: texts of one priority, in turns of clinics and places, beginning behind the place that was served last. */
export type DueSearch = {
  priority: number;
  dueBefore: Temporal.Instant;
  atMost: number;
  after: { orgId: Id; number: string; channel: string };
  full: { places: readonly string[]; carriers: readonly CarrierName[] };
};

export type SendFairlyPorts = {
  find: (search: DueSearch) => Promise<DueText[]>;
  /** See `Sending`. */
  begin: (text: QueuedText) => Promise<Begun>;
  line: WaitingLine;
  /** Those that the desk has an account at. */
  carriers: readonly CarrierName[];
  /** Puts a text aside that cannot be tried, so that it does not stand in the way of those behind it. */
  putAside: (text: QueuedText) => Promise<void>;
  logger: Logger;
  clock: Clock;
  /** Texts that are with their carriers at the same time. */
  atOnce: number;
  /** A round comes after this long in any case. */
  laterMs: number;
};

type Dates = { dueBefore: Temporal.Instant; now: Temporal.Instant };

export type SendFairly = {
  /** One round through the texts that are due. Answers when the next one makes sense: `later` when nothing waits. */
  round(dates: Dates): Promise<'at-once' | 'soon' | 'later'>;
  /** Waits for the texts that are with their carriers. */
  settled: () => Promise<void>;
};

const perSearch = 50;
/** A search is done again when serving what it found took so long. */
const staleAfterMs = 100;
/** See the column `priority` of outbound_messages: people who wait for an answer are 0. */
const priorities = [0, 1, 2, 3] as const;
/** One round in so many begins with texts that nobody waits for, so that they leave however many answers there are. */
const roundsOfAll = 4;

/**
 * Sends what is due when there is less room than texts: answers first, and among texts of one kind each clinic and number in
 * turn. The order is that of the rows, whatever the order of their events.
 */
export function makeSendFairly(ports: SendFairlyPorts): SendFairly {
  const { find, begin, line, carriers, putAside, logger, clock, atOnce, laterMs } = ports;
  const nobody = { orgId: '00000000-0000-0000-0000-000000000000', number: '', channel: '' };
  const servedLast = new Map<number, DueSearch['after']>();
  const underway = new Set<Promise<void>>();
  let rounds = 0;

  async function carry(done: Promise<void>, { orgId, messageId }: QueuedText): Promise<void> {
    const carried: Promise<void> = done
      .catch((error: unknown) => logger.error({ orgId, messageId, error }, 'the answer of the carrier was lost'))
      .finally(() => underway.delete(carried));
    underway.add(carried);
    if (underway.size >= atOnce) await Promise.race(underway);
  }

  async function serve(text: DueText, priority: number): Promise<void> {
    try {
      const begun = await begin(text);
      if (begun.kind !== 'begun') return;
      servedLast.set(priority, text);
      await carry(begun.done, text);
    } catch (error) {
      logger.warn({ orgId: text.orgId, messageId: text.messageId, error }, 'a due text was put aside for a while');
      await putAside(text);
    }
  }

  /** Serves those of one priority. Answers how many were found, and whether serving them took so long that others may be first. */
  async function serveAll(priority: number, { dueBefore, now }: Dates): Promise<{ found: number; stale: boolean }> {
    const startedAt = clock();
    const search = { priority, dueBefore, atMost: perSearch, after: servedLast.get(priority) ?? nobody };
    const due = await find({ ...search, full: line.full(now) });
    for (const text of due) {
      const full = line.full(now);
      if (full.carriers.includes(text.carrier) || full.places.includes(placeKey(text))) continue;
      await serve(text, priority);
      if (clock().since(startedAt).total('milliseconds') > staleAfterMs) return { found: due.length, stale: true };
    }
    return { found: due.length, stale: false };
  }

  function orderOfRound(): readonly number[] {
    const isOfAll = rounds % roundsOfAll === roundsOfAll - 1;
    const first = isOfAll ? 1 + (Math.floor(rounds / roundsOfAll) % (priorities.length - 1)) : 0;
    rounds += 1;
    return [...priorities.slice(first), ...priorities.slice(0, first)];
  }

  return {
    async round(dates) {
      let found = 0;
      for (const priority of orderOfRound()) {
        if (line.full(dates.now).carriers.length >= carriers.length) return 'soon';
        const served = await serveAll(priority, dates);
        found += served.found;
        if (served.stale) return 'at-once';
      }
      if (found === 0) line.worked(dates.now);
      const nextRoom = line.nextRoom();
      if (found > 0) return nextRoom === null ? 'at-once' : 'soon';
      return nextRoom !== null && nextRoom.since(dates.now).total('milliseconds') < laterMs ? 'soon' : 'later';
    },
    async settled() {
      await Promise.all(underway);
    },
  };
}

import type { CarrierName, Channel } from '@frontdesk/contracts';

/** Where a text belongs in the line. */
export type Place = { channel: Channel; number: string; carrier: CarrierName };

/** A number on one channel, as the line and the look-up of due texts write it. */
export const placeKey = ({ channel, number }: Pick<Place, 'channel' | 'number'>): string => `${channel} ${number}`;

/** Why a text found no room: a number, or its whole carrier, has none until then. */
export type NoRoom = Place & { whole: 'number' | 'carrier'; until: Temporal.Instant };

/**
 * What this process knows of texts that wait for room. While some wait at a carrier or number, whoever comes later goes to the
 * end of the line, which `sendFairly` works through in turns; else those whose events come first would always be served.
 */
export type WaitingLine = {
  /** Somebody waits where this text would leave from. */
  isBusy: (place: Place) => boolean;
  /** A text found no room. */
  turnedAway(noRoom: NoRoom): void;
  /** A text was left to the line because it was busy. */
  joined(): void;
  /** What has no room at this moment. */
  full(now: Temporal.Instant): { places: string[]; carriers: CarrierName[] };
  /** When the first of what is full has room again. */
  nextRoom(): Temporal.Instant | null;
  /** Nothing that could leave waits any more: only what is full keeps others behind it. */
  worked(now: Temporal.Instant): void;
};

const mostKnown = 5_000;

/** `wake` is called when texts join it; `onTurnedAway` counts. */
export function createWaitingLine({
  wake = () => {},
  onTurnedAway = () => {},
}: { wake?: () => void; onTurnedAway?: (noRoom: NoRoom) => void } = {}): WaitingLine {
  const busy = new Map<string, Temporal.Instant>();
  const keyOf = (place: Place, whole: NoRoom['whole']) =>
    whole === 'carrier' ? `carrier ${place.carrier}` : `number ${placeKey(place)}`;

  const isFull = (until: Temporal.Instant, now: Temporal.Instant) => Temporal.Instant.compare(until, now) > 0;
  const fullOf = (prefix: string, now: Temporal.Instant) =>
    [...busy]
      .filter(([key, until]) => key.startsWith(prefix) && isFull(until, now))
      .map(([key]) => key.slice(prefix.length));

  return {
    isBusy: (place) => busy.has(keyOf(place, 'carrier')) || busy.has(keyOf(place, 'number')),
    turnedAway(noRoom) {
      if (busy.size < mostKnown) busy.set(keyOf(noRoom, noRoom.whole), noRoom.until);
      onTurnedAway(noRoom);
      wake();
    },
    joined: wake,
    full: (now) => ({
      places: fullOf('number ', now),
      carriers: fullOf('carrier ', now) as CarrierName[], // put in as such
    }),
    nextRoom: () =>
      [...busy.values()].reduce<Temporal.Instant | null>(
        (first, until) => (first === null || Temporal.Instant.compare(until, first) < 0 ? until : first),
        null,
      ),
    worked(now) {
      for (const [key, until] of busy) if (!isFull(until, now)) busy.delete(key);
    },
  };
}

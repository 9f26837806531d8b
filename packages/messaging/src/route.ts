import type { CarrierName, Channel } from '@frontdesk/contracts';

/** A number of the clinic that a text could leave from. */
export type SendingNumber = {
  channel: Channel;
  number: string;
  carrier: CarrierName;
  messagingProfileId: string;
  /** What the carrier takes from it in a second; null when only the account's limit counts. */
  textsPerSecond: number | null;
  /** The campaign that shares this limit; null when the number has it alone. */
  campaign: string | null;
};

/** A try that the carrier certainly did not take. */
export type EarlierTry = { carrier: CarrierName; outcome: string | null };

export type RoutePolicy = {
  isConnected: (carrier: CarrierName) => boolean;
  /** See `Circuit`: asked only of the carrier that the text would go to. */
  enter: (carrier: CarrierName) => Temporal.Instant | null;
  /** After so many tries in vain at a carrier, another one is tried first. */
  failoverAfter: number;
};

export type Route =
  | { kind: 'route'; number: SendingNumber; isStandIn: boolean }
  /** Every carrier that could take it is out of order until then. */
  | { kind: 'closed'; until: Temporal.Instant }
  /** No carrier that the desk is connected to may take it. */
  | { kind: 'nowhere' };

/**
 * Where the next try of a text goes: to the carrier of its own number, unless that one refused it, is out of order or turned it
 * away too often and another carrier has a number of the clinic. Only texts that no carrier has come here.
 */
export function chooseRoute(
  { home, standIns, tries }: { home: SendingNumber; standIns: readonly SendingNumber[]; tries: readonly EarlierTry[] },
  { isConnected, enter, failoverAfter }: RoutePolicy,
): Route {
  const ways = openWays([home, ...standIns], tries, isConnected);
  const isTired = ({ carrier }: SendingNumber) =>
    tries.filter((each) => each.carrier === carrier && each.outcome === 'retryable').length >= failoverAfter;
  let earliest: Temporal.Instant | null = null;
  for (const number of [...ways.filter((way) => !isTired(way)), ...ways.filter(isTired)]) {
    const until = enter(number.carrier);
    if (until === null) return { kind: 'route', number, isStandIn: number !== home };
    if (earliest === null || Temporal.Instant.compare(until, earliest) < 0) earliest = until;
  }
  return earliest === null ? { kind: 'nowhere' } : { kind: 'closed', until: earliest };
}

/** Whether another carrier is left for a text that this one refuses. */
export function hasOtherWay(
  standIns: readonly SendingNumber[],
  tries: readonly EarlierTry[],
  { carrier, isConnected }: { carrier: CarrierName } & Pick<RoutePolicy, 'isConnected'>,
): boolean {
  return openWays(standIns, tries, isConnected).some((way) => way.carrier !== carrier);
}

/** One number of each carrier that is connected and has not refused the text; the first of a carrier's is the best. */
function openWays(
  numbers: readonly SendingNumber[],
  tries: readonly EarlierTry[],
  isConnected: RoutePolicy['isConnected'],
): SendingNumber[] {
  const refused = new Set(tries.filter(({ outcome }) => outcome === 'refused').map(({ carrier }) => carrier));
  const byCarrier = new Map<CarrierName, SendingNumber>();
  for (const way of numbers) {
    if (isConnected(way.carrier) && !refused.has(way.carrier) && !byCarrier.has(way.carrier))
      byCarrier.set(way.carrier, way);
  }
  return [...byCarrier.values()];
}

import type { CarrierName, Channel } from '@frontdesk/contracts';
import type { Clock } from '@frontdesk/kernel';
import type { Circuit } from './circuit.ts';
import type { TextGateway } from './ports.ts';
import type { SendingNumber } from './route.ts';
import type { WaitingLine } from './waiting-line.ts';

/** An account at a carrier, and what is known of it. */
export type CarrierAccount = {
  gateway: TextGateway;
  circuit: Circuit;
  /** What the account may hand over in a second. */
  textsPerSecond: number;
};

/** Everything that texts can leave by. */
export type Ways = {
  carriers: ReadonlyMap<CarrierName, CarrierAccount>;
  /** After so many tries in vain at a carrier, another one is tried first. */
  failoverAfter: number;
  line: WaitingLine;
  clock: Clock;
};

/** A limit of throughput by the name under which all instances count it. */
export type Limit = { key: string; perSecond: number };

export const accountKey = (carrier: CarrierName): string => `carrier:${carrier}`;

const numberKey = ({ channel, number }: { channel: Channel; number: string }): string =>
  channel === 'sms' ? `number:${number}` : `sender:${number}`;

/** What has no room while a carrier wants a pause: the account, or the sender alone. Null: no more than this text waits. */
export function pauseKey(
  { carrier, channel, from: number }: { carrier: CarrierName; channel: Channel; from: string },
  only: 'sender' | 'person' | undefined,
): string | null {
  if (only === 'person') return null;
  return only === 'sender' ? numberKey({ channel, number }) : accountKey(carrier);
}

/** An account is asked again before a carrier's longer pause ends, where others wait that could leave by another carrier. */
export const longestPauseMs = (carrier: CarrierName): number => (carrier === 'meta' ? 15 * 60_000 : 60_000);

/** The limits that a text from this number is under: its account's, and its own or its campaign's where there is one. */
export function limitsOf(
  { channel, number, carrier, campaign, textsPerSecond }: SendingNumber,
  { textsPerSecond: ofAccount }: Pick<CarrierAccount, 'textsPerSecond'>,
): readonly Limit[] {
  const account = { key: accountKey(carrier), perSecond: ofAccount };
  if (textsPerSecond === null) return [account];
  const key = campaign === null ? numberKey({ channel, number }) : `campaign:${carrier}:${campaign}`;
  return [account, { key, perSecond: textsPerSecond }];
}

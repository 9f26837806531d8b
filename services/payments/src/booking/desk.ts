import type { PrismaDatabase } from '@frontdesk/db';
import type { Clock, Logger, Random, TokenKeys } from '@frontdesk/kernel';
import type { PaymentLinks } from '@frontdesk/payments';
import type { Alarms } from '@frontdesk/queue';

export type BookingSettings = {
  /** A patient has this long to pay, from the sending of the link. */
  holdFor: Temporal.Duration;
  /** A patient who has waited this long for the link is told that it takes longer. */
  linkDelayNotice: Temporal.Duration;
  /** A try to make a link that has not answered by then is taken for lost: longer than the longest call to Square. */
  attemptLease: Temporal.Duration;
};

/** What the use cases of this service work with. */
export type Desk = {
  database: PrismaDatabase;
  links: PaymentLinks;
  tokenKeys: TokenKeys;
  alarms: Pick<Alarms, 'arm'>;
  clock: Clock;
  random: Random;
  logger: Logger;
  settings: BookingSettings;
};

export const alarmKinds = { link: 'deposit-link', hold: 'hold-end' } as const;

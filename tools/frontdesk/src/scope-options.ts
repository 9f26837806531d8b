import { Option } from '@commander-js/extra-typings';
import type { Clock } from '@frontdesk/kernel';
import type { Scope } from '@frontdesk/operations';
import { duration, id } from './arguments.ts';
import { moment } from './moment.ts';

/** The options that say whose causes are looked at, and of when. */
export const scopeOptions = {
  clinic: new Option('--clinic <id>', 'of this clinic alone').argParser(id),
  last: new Option('--last <time>', 'of the last 90s, 15m, 2h or 3d').argParser(duration).conflicts(['since']),
  since: new Option('--since <moment>', 'from this moment on, as 2026-11-21T08:00:00Z').argParser(moment),
  until: new Option('--until <moment>', 'before this moment').argParser(moment),
};

type Values = {
  clinic?: string | undefined;
  last?: Temporal.Duration | undefined;
  since?: Temporal.Instant | undefined;
  until?: Temporal.Instant | undefined;
};

export function scopeOf({ clinic, last, since, until }: Values, clock: Clock): Scope {
  return { orgId: clinic, since: last === undefined ? since : clock().subtract(last), until };
}

import { Option } from '@commander-js/extra-typings';
import type { Clock } from '@frontdesk/kernel';
import type { WebhookFilter } from '@frontdesk/operations';
import { id } from '../../arguments.ts';
import { momentOrAge, type MomentOrAge } from '../../moment-or-age.ts';

/** The options that choose stored webhooks, the same for every verb. */
export const filterOptions = {
  provider: new Option('--provider <provider>', 'of this provider').choices(['telnyx', 'square'] as const),
  kind: new Option('--kind <kind>', "the provider's own word, such as message.received or payment.updated"),
  clinic: new Option('--clinic <id>', 'of this clinic (names are not for operators to read)').argParser(id),
  parked: new Option('--parked', 'those that no clinic was found for'),
  since: new Option('--since <moment>', 'verified since: 15m, 2h, 3d (ago) or an instant').argParser(momentOrAge),
  until: new Option('--until <moment>', 'verified before: likewise').argParser(momentOrAge),
};

export type FilterValues = {
  provider?: string | undefined;
  kind?: string | undefined;
  clinic?: string | undefined;
  parked?: boolean | undefined;
  since?: MomentOrAge | undefined;
  until?: MomentOrAge | undefined;
};

export function filterOf(
  { provider, kind, clinic, parked, since, until }: FilterValues,
  clock: Clock,
  ids: readonly string[] = [],
): WebhookFilter {
  const now = clock();
  return {
    ...(ids.length > 0 && { ids }),
    ...(provider !== undefined && { provider }),
    ...(kind !== undefined && { kind }),
    ...(clinic !== undefined && { orgId: clinic }),
    ...(parked === true && { parked }),
    ...(since !== undefined && { since: since(now) }),
    ...(until !== undefined && { until: until(now) }),
  };
}

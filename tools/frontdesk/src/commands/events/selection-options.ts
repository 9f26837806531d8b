import { Option } from '@commander-js/extra-typings';
import { catalogue, contexts, type ContextName } from '@frontdesk/contracts';
import type { Clock } from '@frontdesk/kernel';
import type { EventSelection } from '@frontdesk/operations';
import { InvalidArgumentError } from 'commander';
import { id } from '../../arguments.ts';
import { momentOrAge, type MomentOrAge } from '../../moment-or-age.ts';

const contextNames = Object.keys(contexts) as ContextName[]; // its keys are these by its type

/** The options that choose published events, the same for every verb. */
export const selectionOptions = {
  type: new Option('--type <type>', 'of this type, with its version or without; may be given again').argParser(types),
  clinic: new Option('--clinic <id>', 'of this clinic (names are not for operators to read)').argParser(id),
  to: new Option('--to <consumer>', 'for this consumer alone').choices(contextNames),
  story: new Option('--story <id>', 'of this conversation, call or order (the correlation id)'),
  since: new Option('--since <moment>', 'published since: 15m, 2h, 3d (ago) or an instant').argParser(momentOrAge),
  until: new Option('--until <moment>', 'published before: likewise').argParser(momentOrAge),
};

function types(text: string, before: readonly string[] = []): string[] {
  const known = catalogue.some(({ type }) => type === text || type.replace(/\.v\d+$/, '') === text);
  if (!known) throw new InvalidArgumentError(`Known are: ${catalogue.map(({ type }) => type).join(', ')}.`);
  return [...before, text];
}

export type SelectionValues = {
  type?: readonly string[] | undefined;
  clinic?: string | undefined;
  to?: ContextName | undefined;
  story?: string | undefined;
  since?: MomentOrAge | undefined;
  until?: MomentOrAge | undefined;
};

export function selectionOf(
  { type, clinic, to, story, since, until }: SelectionValues,
  clock: Clock,
  ids: readonly string[] = [],
): EventSelection {
  const now = clock();
  return {
    ...(ids.length > 0 && { ids: [...ids] }),
    ...(type !== undefined && { types: [...type] }),
    ...(clinic !== undefined && { orgId: clinic }),
    ...(to !== undefined && { to }),
    ...(story !== undefined && { correlationId: story }),
    ...(since !== undefined && { since: since(now).toString() }),
    ...(until !== undefined && { until: until(now).toString() }),
  };
}

import { z } from 'zod';
import { deskFacts, type DeskFacts, type OfferedTime } from './desk-facts.ts';
import type { Scene, Step } from './scene.ts';

/** What the tools of this turn have brought so far, on top of what was known when it began. */
export type Turn = {
  person: DeskFacts['person'];
  stillToLearn: string[];
  saved: boolean;
  /** Fields that the clinic's records would not take. */
  refused: string[];
  looked: { facts: unknown } | undefined;
  /** Free times found in this turn; undefined while nobody looked. */
  found: OfferedTime[] | undefined;
  /** The search says that the times are not what was wished for. */
  nearMiss: boolean;
  findFailed: boolean;
  failedHoldId: unknown;
  hold: { label: string; practitioner: string; deposit: string | null } | 'failed' | undefined;
  /** The sentence that asks for consent to the deposit; null when there is none to ask. */
  ask: string | null | undefined;
  handedOver: boolean;
};

const times = z.object({
  times: z.array(z.object({ time_id: z.string(), label: z.string(), practitioner: z.string().default('') })),
});
const saved = z.object({
  person: deskFacts.shape.person.optional(),
  still_to_learn: z.array(z.string()).optional(),
  refused: z.array(z.object({ field: z.string() })).default([]),
});
const held = z.object({
  label: z.string(),
  practitioner: z.string().default(''),
  deposit: z.string().nullable().default(null),
});

export function readTurn({ steps }: Scene, facts: DeskFacts): Turn {
  const last = (name: string): Step | undefined =>
    steps.findLast((step) => step.name === name && !step.isError) ?? steps.findLast((step) => step.name === name);
  const details = saved.safeParse(last('save_details')?.result).data;
  const hold = last('hold_time');
  const find = hold?.isError === true ? steps.slice(steps.indexOf(hold)).findLast(isSearch) : last('find_times');
  const offer = steps
    .slice(hold === undefined ? 0 : steps.indexOf(hold))
    .findLast(({ name }) => name === 'offer_deposit');
  const look = last('look_up_facts');
  // A hold that failed brings the times that are still free.
  const found = hold?.isError === true && readTimes(hold).length > 0 ? hold : find;
  return {
    person: details?.person ?? facts.person,
    stillToLearn: details?.still_to_learn ?? facts.stillToLearn,
    saved: steps.some(({ name, result }) => name === 'save_details' && 'still_to_learn' in result),
    refused: details?.refused.map(({ field }) => field) ?? [],
    looked: look === undefined ? undefined : { facts: look.result['facts'] },
    found: found === undefined ? undefined : readTimes(found),
    nearMiss: typeof find?.result['note'] === 'string',
    findFailed: found?.isError === true && readTimes(found).length === 0,
    failedHoldId: hold?.isError === true ? timeIdOf(hold.input) : undefined,
    hold: hold === undefined ? undefined : hold.isError ? 'failed' : (held.safeParse(hold.result).data ?? 'failed'),
    ask: offer === undefined ? undefined : readAsk(offer),
    handedOver: last('hand_over') !== undefined,
  };
}

function readTimes({ result }: Step): OfferedTime[] {
  const found = times.safeParse(result).data?.times ?? [];
  return found.map(({ time_id, label, practitioner }) => ({ timeId: time_id, label, practitioner }));
}

const isSearch = ({ name }: Step): boolean => name === 'find_times';

function timeIdOf(input: unknown): unknown {
  return typeof input === 'object' && input !== null && 'time_id' in input ? input.time_id : undefined;
}

const readAsk = ({ result, isError }: Step): string | null =>
  !isError && typeof result['ask'] === 'string' ? result['ask'] : null;

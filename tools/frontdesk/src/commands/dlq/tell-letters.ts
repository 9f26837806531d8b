import type { DeadLetter, RedrivePlan } from '@frontdesk/operations';
import { ageOf } from '../../ages.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

const places = {
  parked: 'parked: a handler refused it',
  'dead-letter-queue': 'in the dead-letter queue: it killed its process',
};

/** A dead letter for machines, without its body. */
export function withoutBody(letter: DeadLetter): Omit<DeadLetter, 'body'> {
  const shown: Partial<DeadLetter> & Omit<DeadLetter, 'body'> = { ...letter };
  delete shown.body;
  return shown;
}

/** Each letter as a few lines that say what waits, why, and what a redrive does. */
export function tellLetters({ out, clock }: CommandContext, letters: readonly DeadLetter[]): void {
  for (const letter of letters) {
    const { id, type, place, since, tries, why, waits, redrive, queue, orgId, eventId, settled, futile } = letter;
    out.line(`${out.paint('bold', id)}  ${type ?? 'unreadable'}`);
    out.line(`  waits:   ${waits}`);
    out.line(`  failed:  ${why}`);
    out.line(
      `  since:   ${since.round('second').toString()} (${ageOf(since, clock())}), ${tries === 1 ? 'tried once' : `tried ${tries} times`}`,
    );
    out.line(`  lies:    ${places[place]}; meant for ${queue}`);
    out.line(`  ids:     event ${eventId ?? 'unknown'}, clinic ${orgId ?? 'unknown'}`);
    if (settled === null) out.line(`  redrive: ${futile ? out.paint('yellow', redrive) : redrive}`);
    else out.line(`  settled: ${settled.how} by ${settled.by} at ${settled.at.round('second').toString()}`);
    out.line();
  }
}

/** What of the dead letters could not be listed. */
export function tellRest({ out }: CommandContext, { unseen, more }: { unseen: number; more: boolean }): void {
  if (more) out.note('There are more parked messages than these; --limit shows more.');
  if (unseen > 0) {
    out.note(
      `${unseen} more in dead-letter queues cannot be seen now: they lie behind others of their group, or are in somebody's hands.`,
    );
  }
}

/** One line for each that is settled already. */
export function tellSettled({ out }: CommandContext, letters: readonly DeadLetter[]): void {
  for (const { id, settled } of letters) {
    if (settled === null) continue;
    out.line(`${id} was ${settled.how} by ${settled.by} at ${settled.at.round('second').toString()}.`);
  }
}

export function tellGone({ out }: CommandContext, gone: RedrivePlan['gone']): void {
  for (const { id, how, by, at } of gone) out.line(`${id} was ${how} by ${by} at ${at.round('second').toString()}.`);
}

export function failOnUnknown({ out }: CommandContext, unknown: readonly string[]): void {
  if (unknown.length === 0) return;
  out.fail(`Not among the dead letters, nor known to have been: ${unknown.join(', ')}`, exitCodes.failed);
}

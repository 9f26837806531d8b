import { planRedrive, redriveDeadLetters, type DeadLetter, type RedrivePlan } from '@frontdesk/operations';
import { count, ids } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { refuseWrongMode } from '../../refuse-wrong-mode.ts';
import { verb } from '../../verb.ts';
import { filterOf, filterOptions } from './filter-options.ts';
import { failOnUnknown, tellGone, tellLetters, tellRest, tellSettled, withoutBody } from './tell-letters.ts';

export const redrive = (context: CommandContext) =>
  verb('redrive', {
    summary: 'Put dead letters back where they were to be handled; only says what it would do until --yes',
    description:
      'A message is handled by the same service as before, and its inbox drops it if it took effect after all. Interrupted, it\n' +
      'can simply be run again. Who did it is written down; what is redriven already stays as it is.',
    examples: [
      'frontdesk dlq redrive --type messaging.text-requested --older-than 1h',
      'frontdesk dlq redrive 0199d5a0-0000-7000-8000-000000000007 --yes',
      'frontdesk dlq redrive --all --rate 5 --yes',
    ],
  })
    .argument('[ids...]', 'which messages, by their own ids or those of their events', ids)
    .option('--all', 'all there are')
    .addOption(filterOptions.type)
    .addOption(filterOptions.clinic)
    .addOption(filterOptions.queue)
    .addOption(filterOptions.olderThan)
    .addOption(filterOptions.newerThan)
    .option('--rate <count>', 'messages per second, at most', count(1_000), 10)
    .option('--yes', 'do it')
    .action(async (wanted, { all, rate, yes, json, ...options }) => {
      const { out, clock, operator } = context;
      const filter = filterOf(options, clock, wanted);
      if (all !== true && Object.keys(filter).length === 0) {
        out.fail(
          'Which ones? Name ids, choose by --type, --clinic, --queue or age, or say --all.',
          exitCodes.usedWrongly,
        );
      }
      if (yes === true) await refuseWrongMode(context);
      const parts = { sqs: context.queues(), database: context.operatorDatabase() };
      const plan = await planRedrive(parts, filter);
      if (yes !== true) {
        if (json === true) out.json({ dryRun: true, ...forMachines(plan) });
        else tellPlan(context, plan);
        return failOnUnknown(context, plan.unknown);
      }
      const bar = out.progress('Redriving', plan.open.length + plan.unseen);
      const onBack = (letters: number) => bar.advance(letters);
      const done = await redriveDeadLetters({ ...parts, filter, operator, clock, perSecond: rate, onBack });
      bar.done();
      const impossible = done.impossible.map(withoutBody);
      if (json === true) {
        out.json({ dryRun: false, redriven: done.back.map(withoutBody), impossible, ...restOf(plan) });
      } else {
        tellLeftAlone(context, plan);
        out.line(`${done.back.length} redriven.`);
      }
      failOnImpossible(context, done.impossible);
      failOnUnknown(context, plan.unknown);
    });

function tellPlan(context: CommandContext, plan: RedrivePlan): void {
  const { out } = context;
  tellLeftAlone(context, plan);
  tellLetters(context, plan.open);
  tellRest(context, plan);
  out.line(
    plan.open.length === 0
      ? 'There is nothing to redrive.'
      : `${plan.open.length} would be redriven. Nothing was done; --yes does it.`,
  );
}

/** What is settled already is said, and stays as it is. */
function tellLeftAlone(context: CommandContext, { settled, gone }: RedrivePlan): void {
  tellSettled(context, settled);
  tellGone(context, gone);
}

function restOf({ settled, gone, unknown }: RedrivePlan) {
  return { settled: settled.map(withoutBody), gone, unknown };
}

function forMachines(plan: RedrivePlan) {
  return { letters: plan.open.map(withoutBody), unseen: plan.unseen, more: plan.more, ...restOf(plan) };
}

function failOnImpossible({ out }: CommandContext, impossible: readonly DeadLetter[]): void {
  if (impossible.length === 0) return;
  const which = impossible.map(({ id }) => id).join(', ');
  out.fail(
    `${impossible.length} cannot be put back: nobody can read whose they are, or their clinic is not here: ${which}`,
    exitCodes.failed,
  );
}

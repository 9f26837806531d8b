import { appendFileSync, writeFileSync } from 'node:fs';
import { Command } from '@commander-js/extra-typings';
import type { Fault } from './fault.ts';
import { faults } from './faults/index.ts';
import { notHere } from './faults/not-here.ts';
import { runLong } from './run/run-long.ts';
import { tableOf, worstOf } from './run/report.ts';
import { checkTheChecker } from './run/check-the-checker.ts';

const wholeNumber = (text: string) => {
  if (!/^\d+$/.test(text)) throw new Error(`${text} is no whole number`);
  return Number(text);
};

const program = new Command('faults')
  .description('Injects faults into a running desk and counts causes against effects afterwards.')
  .option('--list', 'say what can be injected, and what cannot be here')
  .option('--only <words...>', 'the faults whose names contain one of these words')
  .option('--seeds <n>', 'how many seeds each fault is run with', wholeNumber, 1)
  .option('--seed <n>', 'the first seed; a run with the same one makes the same choices', wholeNumber, 1)
  .option('--together', 'side by side where the faults allow it, as in the tests: sooner, and harder to read')
  .option('--check-the-checker', 'switch protections off, one at a time, and see that it is found')
  .option('--report <file>', 'write a line of JSON for each fault and seed')
  .addHelpText(
    'after',
    `
Exit codes: 0 everything held; 1 something did not; 2 used wrongly.

Examples:
  $ pnpm faults --only postgres --seeds 20
  $ pnpm faults --only relay-loses-its-lead --seed 17
  $ pnpm faults --seeds 5 --report faults.jsonl
  $ pnpm faults --check-the-checker`,
  )
  .parse();

const { list, only, seeds, seed, report, together, checkTheChecker: weakened } = program.opts();
const isWanted = ({ name }: { name: string }) => only === undefined || only.some((words) => name.includes(words));
const wanted = faults.filter(isWanted);

if (list === true) showList(wanted);
else if (wanted.length === 0) program.error('no fault has such a name; --list shows them', { exitCode: 2 });
else process.exitCode = weakened === true ? await weaken() : await run(wanted);

function showList(listed: readonly Fault[]): void {
  for (const { name, group, injects, cannotRun } of listed) {
    const reason = cannotRun?.() ?? null;
    console.log(`${name}\n  ${group}: ${injects}${reason === null ? '' : `\n  cannot run here: ${reason}`}`);
  }
  for (const { name, injects, reason } of notHere.filter(isWanted)) {
    console.log(`${name}\n  ${injects}\n  cannot run here: ${reason}`);
  }
}

async function run(chosen: readonly Fault[]): Promise<number> {
  if (report !== undefined) writeFileSync(report, '');
  const suffered = await runLong(chosen, {
    together: together === true,
    seeds: Array.from({ length: seeds }, (_, n) => seed + n),
    onSuffered: ({ fault, ...rest }) => {
      if (report !== undefined) appendFileSync(report, `${JSON.stringify({ fault: fault.name, ...rest })}\n`);
    },
  });
  console.log(tableOf(chosen, suffered));
  console.log(worstOf(suffered));
  return suffered.some(({ breaches }) => breaches.length > 0) ? 1 : 0;
}

async function weaken(): Promise<number> {
  const results = await checkTheChecker(seed);
  for (const { protection, found } of results) {
    console.log(`${protection.name} off: ${found.length === 0 ? 'NOT FOUND' : `found: ${found[0]?.split('\n')[0]}`}`);
  }
  return results.some(({ found }) => found.length === 0) ? 1 : 0;
}

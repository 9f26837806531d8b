import { groups } from '../fault.ts';
import { faults } from '../faults/index.ts';
import { notHere } from '../faults/not-here.ts';
import { protections } from '../protections.ts';

const intro = `# Faults

Made by \`node tools/faults/src/docs/main.ts\`; a test holds it true.

The desk promises that each cause has its one effect: a text is answered once, a link is sent once, a deposit is captured once, a visit
is booked once. Here is what is done to it to see that it is so, and what must hold when it is over.

## How to run it

| command | what it does |
| --- | --- |
| \`npm test -- tools/faults\` | the faults marked *always*, with one seed, on one desk |
| \`pnpm faults\` | every fault alone, while other patients text, call, pay and leave |
| \`pnpm faults --only postgres --seeds 20\` | those whose name holds the word, with twenty seeds |
| \`pnpm faults --only <name> --seed <n>\` | the same choices once more, as the report of a failure says |
| \`pnpm faults --list\` | what can be injected, and what cannot be here, with the reason |
| \`pnpm faults --check-the-checker\` | protections are switched off, one at a time: it must be found |
| \`frontdesk effects check\` | the same search for breaches, by operators, where it runs for real |

\`--report <file>\` writes a line of JSON for each fault and seed. The command ends with 1 when anything did not hold.

## What must always hold

After each fault nothing may be open any more, and then, in one moment:

- causes = effects in the rows, by the rules of \`packages/operations/src/effects\`, which \`frontdesk effects check\` uses too;
- what the providers' simulators saw agrees: no text left twice, none that no attempt accounts for, none from another clinic's number;
  one link for each deposit, none that takes money after its time; every payment in the ledger to the cent; every webhook that was answered
  200 is kept;
- no message is parked and none is in a dead-letter queue, unless the fault is about that;
- what the fault itself says in the table.

A seed decides which patients come to which clinic with which story, when they begin, and the moments of the fault. It does not decide how
the machine schedules processes: a failure that needs a rare moment may take several tries to come again.

`;

const cell = (text: string) => text.replaceAll('|', '\\|');

/** docs/faults.md, made from the faults themselves. */
export function faultsPage(): string {
  const tables = groups.map((group) => {
    const rows = faults
      .filter((fault) => fault.group === group)
      .map(
        ({ name, injects, holds, longRunsOnly }) =>
          `| \`${name}\` | ${cell(injects)} | ${cell(holds)} | ${longRunsOnly === true ? 'long runs' : 'always'} |`,
      );
    const title = group.charAt(0).toUpperCase() + group.slice(1);
    return `### ${title}\n\n| fault | what is done | what must hold | runs |\n| --- | --- | --- | --- |\n${rows.join('\n')}\n`;
  });
  const elsewhere = notHere.map(({ name, injects, reason }) => `| \`${name}\` | ${cell(injects)} | ${cell(reason)} |`);
  const off = protections.map(({ name, fault }) => `| ${name} | \`${fault}\` |`);
  return `${intro}## What is done

${tables.join('\n')}
## What is not done here

| fault | what it would be | why not |
| --- | --- | --- |
${elsewhere.join('\n')}

## Who checks the checker

With each of these taken away, by triggers in the database or by the proxy before SQS, its fault must break something and be found.

| taken away | found by |
| --- | --- |
${off.join('\n')}
`;
}

import { InvalidArgumentError, Option } from '@commander-js/extra-typings';
import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import { examine, type Report, type Verdict } from '@frontdesk/operations';
import type { CommandContext } from '../../context.ts';
import { CommandFailure, exitCodes } from '../../exit-codes.ts';
import { verb } from '../../verb.ts';

export function registerDoctor(program: CommandUnknownOpts, context: CommandContext): void {
  program.addCommand(doctor(context));
}

const serviceNames = ['webhook-ingress', 'conversation-worker', 'messaging-worker', 'payments', 'api', 'all-in-one'];
const gathered = (value: string, before: readonly string[] = []) => [...before, value];

const doctor = (context: CommandContext) =>
  verb('doctor', {
    summary: 'Say what is wrong with a desk, and how to mend it',
    description:
      'Looks at this machine, at Postgres and the queues that the environment names, and at each service whose settings are in the\n' +
      'environment or in a file: what it would refuse at its start, its login, migrations, partitions, clocks, Redis. Changes nothing.\n' +
      'Ends with 1 when something is wrong. Values of settings are never printed.',
    examples: [
      'frontdesk doctor',
      'frontdesk doctor --service payments',
      'frontdesk doctor --settings payments=./payments.env --settings messaging-worker=./messaging.env',
      'frontdesk doctor --online',
      'frontdesk doctor --json | jq \'.areas[].findings[] | select(.verdict == "wrong")\'',
    ],
  })
    .addOption(
      new Option(
        '--service <name>',
        'the environment of this command is that of this service; may be repeated',
      ).argParser((name, before: readonly string[] | undefined) => {
        if (!serviceNames.includes(name)) throw new InvalidArgumentError(`It is one of ${serviceNames.join(', ')}.`);
        return gathered(name, before);
      }),
    )
    .addOption(
      new Option('--settings <service=path>', 'the environment of a service, as a file; may be repeated').argParser(
        (value, before: readonly string[] | undefined) => gathered(value, before),
      ),
    )
    .option(
      '--online',
      'also ask the carrier whether it takes the key, and the public address whether the desk answers',
    )
    .action(async ({ json, service = [], settings: settingsFiles = [], online = false }) => {
      // Settings of all services are read only here, so that no other command waits for them.
      const { whatToExamine } = await import('./what-to-examine.ts');
      const report = await examine(await whatToExamine(context, { service, settingsFiles, online }));
      if (json === true) context.out.json(report);
      else tell(context, report);
      if (report.wrong) throw new CommandFailure('', exitCodes.failed);
    });

const signs: Record<Verdict, { sign: string; style: 'green' | 'red' | 'yellow' }> = {
  fine: { sign: '✓', style: 'green' },
  wrong: { sign: '✗', style: 'red' },
  doubtful: { sign: '!', style: 'yellow' },
};

function tell({ out }: CommandContext, { areas }: Report): void {
  for (const { area, findings } of areas) {
    if (findings.length === 0) continue;
    out.line(out.paint('bold', area));
    for (const { subject, verdict, says, mend } of findings) {
      const { sign, style } = signs[verdict];
      out.line(`  ${out.paint(style, sign)} ${says.startsWith(subject) ? says : `${subject}: ${says}`}`);
      if (mend !== null) out.line(`      ${out.paint('dim', mend)}`);
    }
  }
  const count = (verdict: Verdict) =>
    areas.flatMap(({ findings }) => findings).filter((each) => each.verdict === verdict).length;
  out.line();
  out.line(
    count('wrong') === 0
      ? `Nothing is wrong (${count('fine')} fine, ${count('doubtful')} doubtful).`
      : `${count('wrong')} wrong, ${count('doubtful')} doubtful, ${count('fine')} fine.`,
  );
}

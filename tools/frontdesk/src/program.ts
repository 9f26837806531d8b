import { Command, type CommandUnknownOpts } from '@commander-js/extra-typings';
import { registerClinics } from './commands/clinics/index.ts';
import { completion } from './commands/completion.ts';
import { registerConsent } from './commands/consent/index.ts';
import { registerDlq } from './commands/dlq/index.ts';
import { registerDoctor } from './commands/doctor/index.ts';
import { registerEffects } from './commands/effects/index.ts';
import { registerEvents } from './commands/events/index.ts';
import { registerLedger } from './commands/ledger/index.ts';
import { registerNumbers } from './commands/numbers/index.ts';
import { registerPeople } from './commands/people/index.ts';
import { registerQueues } from './commands/queues/index.ts';
import { registerScheduled } from './commands/scheduled/index.ts';
import { registerSend } from './commands/send.ts';
import { registerSimulate } from './commands/simulate/index.ts';
import { registerTenDlc } from './commands/tendlc/index.ts';
import { registerTexts } from './commands/texts/index.ts';
import { registerToken } from './commands/token.ts';
import { registerTrace } from './commands/trace/index.ts';
import { registerWebhooks } from './commands/webhooks/index.ts';
import type { CommandContext } from './context.ts';

/** The whole command tree. */
export function createProgram(context: CommandContext): CommandUnknownOpts {
  const program = new Command('frontdesk')
    .description(
      'Run a clinic’s numbers; see, replay and mend what the desk does: on this machine, on LocalStack and in AWS.',
    )
    .addHelpText(
      'after',
      `
Which desk is meant, the environment says: DATABASE_OPERATOR_URL, AWS_ENDPOINT_URL (an emulator) or AWS_PROFILE and
AWS_REGION, and FRONTDESK_ENV, which counts as production when unset. FRONTDESK_MODE=one-process: the desk runs in one process,
without queues. With none of these, it is the stack of npm start.

numbers, tendlc and send speak to the administration: FRONTDESK_API_URL is its address, FRONTDESK_TOKEN a token of your identity
provider, FRONTDESK_CLINIC the clinic. On the stack of npm start the clinic is enough.

Exit codes: 0 done; 1 failed, or found something wrong; 2 used wrongly; 3 refused because it would be dangerous.

Examples:
  $ frontdesk queues depth
  $ frontdesk dlq list --json | jq '.letters[].why'
  $ source <(frontdesk completion bash)`,
    );
  registerClinics(program, context);
  registerNumbers(program, context);
  registerTenDlc(program, context);
  registerSend(program, context);
  registerQueues(program, context);
  registerDlq(program, context);
  registerDoctor(program, context);
  registerEvents(program, context);
  registerWebhooks(program, context);
  registerTexts(program, context);
  registerScheduled(program, context);
  registerPeople(program, context);
  registerConsent(program, context);
  registerTrace(program, context);
  registerEffects(program, context);
  registerLedger(program, context);
  registerSimulate(program, context);
  registerToken(program, context);
  program.addCommand(completion(program, context));
  configure(program, context);
  return program;
}

/** Commander's own settings, for every command alike: it never ends the process, and writes where we write. */
function configure(command: CommandUnknownOpts, context: CommandContext): void {
  command
    .exitOverride()
    .configureOutput({
      writeOut: (text) => context.out.line(text.trimEnd()),
      writeErr: (text) => context.out.note(text.trimEnd()),
    })
    .showHelpAfterError('(--help says more)')
    .showSuggestionAfterError();
  for (const child of command.commands) configure(child, context);
}

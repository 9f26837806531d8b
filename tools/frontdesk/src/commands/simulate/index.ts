import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { call } from './call.ts';
import { payment } from './payment.ts';
import { text } from './text.ts';

export function registerSimulate(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('simulate')
    .summary('Text, call and pay as a patient, on the stack of npm start')
    .addCommand(text(context))
    .addCommand(call(context))
    .addCommand(payment(context));
}

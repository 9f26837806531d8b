import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { dismiss } from './dismiss.ts';
import { list } from './list.ts';
import { redrive } from './redrive.ts';
import { show } from './show.ts';

export function registerDlq(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('dlq')
    .summary('See what nothing came of, and put it back')
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(redrive(context))
    .addCommand(dismiss(context));
}

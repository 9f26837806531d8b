import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../../context.ts';
import { cancel } from './cancel.ts';
import { check } from './check.ts';
import { code } from './code.ts';
import { documents } from './documents.ts';
import { list } from './list.ts';
import { order } from './order.ts';
import { show } from './show.ts';

/** Hosting: the desk gets the texts of a line whose calls stay where they are. */
export function registerHost(numbers: CommandUnknownOpts, context: CommandContext): void {
  numbers
    .command('host')
    .summary('Have the texts of a line that the clinic already has')
    .addCommand(check(context))
    .addCommand(order(context))
    .addCommand(show(context))
    .addCommand(list(context))
    .addCommand(code(context))
    .addCommand(documents(context))
    .addCommand(cancel(context));
}

import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { list } from './list.ts';
import { show } from './show.ts';
import { suppress } from './suppress.ts';

export function registerTexts(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('texts')
    .summary('See where texts stand; stop those that have not left')
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(suppress(context));
}

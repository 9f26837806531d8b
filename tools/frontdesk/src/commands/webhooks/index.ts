import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { list } from './list.ts';
import { replay } from './replay.ts';
import { show } from './show.ts';

export function registerWebhooks(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('webhooks')
    .summary('See what providers sent, and take it in again')
    .addCommand(list(context))
    .addCommand(show(context))
    .addCommand(replay(context));
}

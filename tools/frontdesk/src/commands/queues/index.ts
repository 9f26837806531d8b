import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { depth } from './depth.ts';
import { list } from './list.ts';
import { peek } from './peek.ts';
import { purge } from './purge.ts';

export function registerQueues(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('queues')
    .summary('Look into the queues between services')
    .addCommand(list(context))
    .addCommand(depth(context))
    .addCommand(peek(context))
    .addCommand(purge(context));
}

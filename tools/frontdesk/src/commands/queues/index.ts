import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { list } from './list.ts';

export function registerQueues(program: CommandUnknownOpts, context: CommandContext): void {
  program.command('queues').summary('Look into the queues between services').addCommand(list(context));
}

import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { list } from './list.ts';

export function registerScheduled(program: CommandUnknownOpts, context: CommandContext): void {
  program.command('scheduled').summary('See the texts that are to leave at a time').addCommand(list(context));
}

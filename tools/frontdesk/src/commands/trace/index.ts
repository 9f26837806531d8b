import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { show } from './show.ts';

export function registerTrace(program: CommandUnknownOpts, context: CommandContext): void {
  program.command('trace').summary('See how one thing caused another').addCommand(show(context));
}

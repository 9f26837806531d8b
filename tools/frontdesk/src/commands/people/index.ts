import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { purge } from './purge.ts';

export function registerPeople(program: CommandUnknownOpts, context: CommandContext): void {
  program.command('people').summary('Delete people who ask for it').addCommand(purge(context));
}

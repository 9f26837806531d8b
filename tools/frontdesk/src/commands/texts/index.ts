import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { suppress } from './suppress.ts';

export function registerTexts(program: CommandUnknownOpts, context: CommandContext): void {
  program.command('texts').summary('Stop texts that have not left').addCommand(suppress(context));
}

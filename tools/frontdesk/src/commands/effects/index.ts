import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { check } from './check.ts';

export function registerEffects(program: CommandUnknownOpts, context: CommandContext): void {
  program.command('effects').summary('Prove that what should happen once happened once').addCommand(check(context));
}

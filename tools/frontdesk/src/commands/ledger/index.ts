import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { check } from './check.ts';

export function registerLedger(program: CommandUnknownOpts, context: CommandContext): void {
  program.command('ledger').summary('Account for every cent').addCommand(check(context));
}

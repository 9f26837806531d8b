import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { exportLedger } from './export.ts';
import { show } from './show.ts';

export function registerConsent(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('consent')
    .summary('Show and hand over who agreed to texts, who stopped them, and in which words')
    .addCommand(show(context))
    .addCommand(exportLedger(context));
}

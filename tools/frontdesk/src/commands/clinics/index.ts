import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { apply } from './apply.ts';
import { exportAll } from './export.ts';
import { offboard } from './offboard.ts';
import { sample } from './sample.ts';

export function registerClinics(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('clinics')
    .summary('Set clinics up, hand them their data, take them out')
    .addCommand(sample(context))
    .addCommand(apply(context))
    .addCommand(exportAll(context))
    .addCommand(offboard(context));
}

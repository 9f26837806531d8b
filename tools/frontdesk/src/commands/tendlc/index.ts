import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { assign } from './assign.ts';
import { brand } from './brand.ts';
import { campaign } from './campaign.ts';
import { check } from './check.ts';
import { code } from './code.ts';
import { list } from './list.ts';
import { sample } from './sample.ts';
import { show } from './show.ts';
import { status } from './status.ts';

export function registerTenDlc(program: CommandUnknownOpts, context: CommandContext): void {
  program
    .command('tendlc')
    .summary('Register who texts what with the US carriers (10DLC)')
    .addCommand(status(context))
    .addCommand(sample(context))
    .addCommand(check(context))
    .addCommand(brand(context))
    .addCommand(code(context))
    .addCommand(campaign(context))
    .addCommand(assign(context))
    .addCommand(list(context))
    .addCommand(show(context));
}

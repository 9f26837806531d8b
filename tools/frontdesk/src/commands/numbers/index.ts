import type { CommandUnknownOpts } from '@commander-js/extra-typings';
import type { CommandContext } from '../../context.ts';
import { assign } from './assign.ts';
import { buy } from './buy.ts';
import { registerHost } from './host/index.ts';
import { list } from './list.ts';
import { orders } from './orders.ts';
import { release } from './release.ts';
import { search } from './search.ts';
import { show } from './show.ts';

export function registerNumbers(program: CommandUnknownOpts, context: CommandContext): void {
  const group = program
    .command('numbers')
    .summary('Buy numbers for a clinic, host its lines, give numbers back')
    .addCommand(search(context))
    .addCommand(buy(context))
    .addCommand(orders(context))
    .addCommand(show(context))
    .addCommand(list(context))
    .addCommand(assign(context))
    .addCommand(release(context));
  registerHost(group, context);
}

import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { numberOrder } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { tellOrder } from './tell-order.ts';

export const show = (context: CommandContext) =>
  adminVerb('show', {
    summary: 'Tell how far an order of a number is, and what to do now',
    examples: [
      'frontdesk numbers show 0199d5a0-0000-7000-8000-00000000000c --clinic 11111111-1111-4111-8111-111111111111',
    ],
  })
    .addArgument(new Argument('<order>', 'its id').argParser(id))
    .action(async (order, { json, ...options }) => {
      tellOrder(context, await openAdmin(context, options).ask('getNumberOrder', numberOrder, { id: order }), json);
    });

import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../../admin/admin-verb.ts';
import { ordered } from '../../../admin/answers.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { id } from '../../../arguments.ts';
import type { CommandContext } from '../../../context.ts';

export const cancel = (context: CommandContext) =>
  adminVerb('cancel', {
    summary: 'Cancel a hosted order that has not come about; nothing is done until --yes',
    description: 'A line that is activated is given up with `numbers release`.',
    examples: ['frontdesk numbers host cancel 0199d5a0-0000-7000-8000-00000000000c --yes'],
  })
    .addArgument(new Argument('<order>', 'its id').argParser(id))
    .option('--yes', 'cancel it')
    .action(async (order, { yes, json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      if (yes !== true) return out.line('Nothing was cancelled; add --yes.');
      const answer = await admin.ask('cancelHostedOrder', ordered, { id: order });
      if (json === true) return out.json(answer);
      out.line('The order is being cancelled.');
    });

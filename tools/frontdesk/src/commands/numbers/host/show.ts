import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../../admin/admin-verb.ts';
import { hostedOrder } from '../../../admin/answers.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { waitFor, waitOption } from '../../../admin/wait-for.ts';
import { id } from '../../../arguments.ts';
import type { CommandContext } from '../../../context.ts';
import { tellHosted } from './tell-hosted.ts';

export const show = (context: CommandContext) =>
  adminVerb('show', {
    summary: 'Tell how far a hosted line is, and what is next',
    examples: ['frontdesk numbers host show 0199d5a0-0000-7000-8000-00000000000c --wait 600'],
  })
    .addArgument(new Argument('<order>', 'its id').argParser(id))
    .addOption(waitOption('until there is something for the clinic to do'))
    .action(async (order, { wait, json, ...options }) => {
      const admin = openAdmin(context, options);
      const look = () => admin.ask('getHostedOrder', hostedOrder, { id: order });
      if (wait === undefined) return tellHosted(context, await look(), json);
      const seen = await waitFor(context, {
        look,
        stateOf: ({ state }) => state,
        isOver: ({ step }) => step !== 'wait',
        seconds: Number(wait),
        lookLater: `frontdesk numbers host show ${order}`,
      });
      tellHosted(context, seen, json);
    });

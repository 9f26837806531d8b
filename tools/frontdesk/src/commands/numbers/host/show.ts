import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../../admin/admin-verb.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { waitOption } from '../../../admin/wait-for.ts';
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
    .action(async (order, { wait, json, ...options }) =>
      tellHosted(context, openAdmin(context, options), { id: order, wait, json }),
    );

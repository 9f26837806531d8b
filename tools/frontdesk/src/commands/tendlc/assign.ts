import { Argument, Option } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { campaignNumber, campaignWithNumbers } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { waitFor, waitOption } from '../../admin/wait-for.ts';
import { id, phoneNumber } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

export const assign = (context: CommandContext) =>
  adminVerb('assign', {
    summary: 'Put a number of a clinic into a campaign, or take it out',
    description:
      'It is added once the campaign is live, and shares its throughput. A number is in one campaign at most; without one carriers\n' +
      'refuse its texts.',
    examples: [
      'frontdesk tendlc assign +14805550200 --campaign 0199d5a0-0000-7000-8000-00000000000d --wait',
      'frontdesk tendlc assign +14805550200 --campaign 0199d5a0-0000-7000-8000-00000000000d --remove',
    ],
  })
    .addArgument(new Argument('<number>', 'a number of the clinic').argParser(phoneNumber))
    .addOption(new Option('--campaign <id>', 'which campaign').argParser(id).makeOptionMandatory())
    .option('--remove', 'take it out')
    .addOption(waitOption('until it is in, or out'))
    .action(async (number, { campaign, remove, wait, json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      const operation = remove === true ? 'removeNumberFromCampaign' : 'addNumberToCampaign';
      const asked = await admin.ask(operation, campaignNumber, { id: campaign, fields: { number } });
      const good = remove === true ? 'removed' : 'added';
      const seen =
        wait === undefined
          ? asked
          : await waitFor(context, {
              look: async () => {
                const { numbers } = await admin.ask('getCampaign', campaignWithNumbers, { id: campaign });
                // One that was taken out is no longer listed.
                return numbers.find((each) => each.number === number) ?? { ...asked, state: 'removed' };
              },
              isOver: ({ state }) => state === good || state === 'failed',
              wait,
              lookLater: `frontdesk tendlc show campaign ${campaign}`,
            });
      if (json === true) out.json(seen);
      else out.line(`${number}: ${seen.state}${seen.reason === null ? '' : `. ${seen.reason}`}`);
      if (wait !== undefined && seen.state !== good) out.fail('', exitCodes.failed);
    });

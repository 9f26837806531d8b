import { Argument, Option } from '@commander-js/extra-typings';
import { adminVerb } from '../../../admin/admin-verb.ts';
import { ordered } from '../../../admin/answers.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { waitOption } from '../../../admin/wait-for.ts';
import { id, phoneNumber } from '../../../arguments.ts';
import type { CommandContext } from '../../../context.ts';
import { tellHosted } from './tell-hosted.ts';

export const order = (context: CommandContext) =>
  adminVerb('order', {
    summary: 'Order that the texts of a line come to the desk; nothing is done until --yes',
    description:
      'Its calls stay where they are. A code shows that the line is the clinic’s, then letter and bill are sent; the carrier takes\n' +
      'one to three working days.',
    examples: ['frontdesk numbers host order +14805550177 --clinic 11111111-1111-4111-8111-111111111111 --yes --wait'],
  })
    .addArgument(new Argument('<number>', 'a line that the clinic already has').argParser(phoneNumber))
    .addOption(new Option('--location <id>', 'where it is; needed when there are several').argParser(id))
    .option('--yes', 'order it')
    .addOption(waitOption('until there is something for the clinic to do'))
    .action(async (number, { location, yes, wait, json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      if (yes !== true) return out.line(`The texts of ${number} would be hosted. Nothing was ordered; add --yes.`);
      const fields = { number, locationId: location };
      const asked = await admin.ask('orderHostedNumber', ordered, { fields });
      await tellHosted(context, admin, { id: asked.id, wait, json });
    });

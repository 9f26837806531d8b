import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { confirmedCode, sentCode } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';

export const code = (context: CommandContext) =>
  adminVerb('code', {
    summary: 'Have the code of a sole proprietor sent to the owner, or enter the one that came',
    description:
      'It goes to the mobile phone that the brand names, at most once a minute and five times a day (five an hour, whichever clinics\n' +
      'ask), and counts for 24 hours; five tries for each.',
    examples: [
      'frontdesk tendlc code 0199d5a0-0000-7000-8000-00000000000c',
      'frontdesk tendlc code 0199d5a0-0000-7000-8000-00000000000c 104729',
    ],
  })
    .addArgument(new Argument('<brand>', 'its id').argParser(id))
    .argument('[code]', 'the code that came; without it one is sent')
    .action(async (brand, given, { json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      if (given !== undefined) {
        const answer = await admin.ask('confirmBrandCode', confirmedCode, { id: brand, fields: { code: given } });
        return json === true ? out.json(answer) : out.line('The registry knows the owner. Submit a campaign next.');
      }
      const answer = await admin.ask('sendBrandCode', sentCode, { id: brand });
      if (json === true) return out.json(answer);
      out.line(
        answer.sent
          ? `A code comes to the owner’s mobile phone. ${answer.leftToday} more can be sent today. Enter it within 24 hours: frontdesk tendlc code ${brand} <code>`
          : 'The registry knows the owner already.',
      );
    });

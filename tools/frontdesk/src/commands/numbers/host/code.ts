import { Argument, Option } from '@commander-js/extra-typings';
import { adminVerb } from '../../../admin/admin-verb.ts';
import { confirmedCode, sentCode } from '../../../admin/answers.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { id } from '../../../arguments.ts';
import type { CommandContext } from '../../../context.ts';

export const code = (context: CommandContext) =>
  adminVerb('code', {
    summary: 'Have a code sent to the line, or enter the one that came',
    description: 'At most one a minute and five a day, and five an hour whichever clinics ask; five tries for each.',
    examples: [
      'frontdesk numbers host code 0199d5a0-0000-7000-8000-00000000000c --by call',
      'frontdesk numbers host code 0199d5a0-0000-7000-8000-00000000000c 104729',
    ],
  })
    .addArgument(new Argument('<order>', 'its id').argParser(id))
    .argument('[code]', 'the code that came; without it one is sent')
    .addOption(new Option('--by <way>', 'how it comes: call for a landline').choices(['sms', 'call']).default('call'))
    .action(async (order, given, { by, json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      if (given !== undefined) {
        const answer = await admin.ask('confirmHostedCode', confirmedCode, { id: order, fields: { code: given } });
        return json === true ? out.json(answer) : out.line('The line is known to be the clinic’s.');
      }
      const answer = await admin.ask('sendHostedCode', sentCode, { id: order, fields: { method: by } });
      if (json === true) return out.json(answer);
      out.line(
        answer.sent
          ? `A code comes by ${by}. ${answer.leftToday} more can be sent today. Enter it: frontdesk numbers host code ${order} <code>`
          : 'The line is known to be the clinic’s already.',
      );
    });

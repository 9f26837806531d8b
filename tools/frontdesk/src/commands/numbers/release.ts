import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { allPages } from '../../admin/all-pages.ts';
import { clinicNumber, released } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { phoneNumber } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';

export const release = (context: CommandContext) =>
  adminVerb('release', {
    summary: 'Give a number of a clinic up; nothing is done until --yes',
    description:
      'From then on nothing leaves from it, and the carrier may sell it to anybody: it cannot be undone. People keep their\n' +
      'conversations, consent and visits.',
    examples: [
      'frontdesk numbers release +14805550200 --clinic 11111111-1111-4111-8111-111111111111',
      'frontdesk numbers release +14805550200 --clinic 11111111-1111-4111-8111-111111111111 --yes',
    ],
  })
    .addArgument(new Argument('<number>', 'a number of the clinic').argParser(phoneNumber))
    .option('--yes', 'give it up')
    .option('--even-if-last', 'also when the desk can neither text nor answer without it')
    .action(async (number, { yes, evenIfLast = false, json, ...options }) => {
      const { out } = context;
      const admin = openAdmin(context, options);
      if (yes !== true) {
        const { items } = await allPages(admin, 'listNumbers', clinicNumber, 1_000);
        const found = items.find((each) => each.number === number);
        if (found === undefined) return out.fail('The clinic has no such number.', exitCodes.failed);
        if (json === true) return out.json({ released: false, ...found });
        const last = items.length === 1 ? ' It is the clinic’s last one.' : '';
        return out.line(`${number} would go back to ${found.carrier} for good.${last} Nothing was done; add --yes.`);
      }
      const answer = await admin.ask('releaseNumber', released, { fields: { number, insist: evenIfLast } });
      if (json === true) return out.json({ released: true, ...answer });
      const { texts, reminders } = answer.lost;
      out.line(`${number} is given up. Texts that will not leave: ${texts}; reminders that will not: ${reminders}.`);
    });

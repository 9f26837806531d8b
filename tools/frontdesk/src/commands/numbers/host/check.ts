import { Argument } from '@commander-js/extra-typings';
import type { PhoneNumber } from '@frontdesk/kernel';
import { z } from 'zod';
import { adminVerb } from '../../../admin/admin-verb.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { phoneNumber } from '../../../arguments.ts';
import type { CommandContext } from '../../../context.ts';
import { exitCodes } from '../../../exit-codes.ts';

const answer = z.looseObject({
  items: z.array(z.looseObject({ number: z.string(), eligible: z.boolean(), words: z.string(), next: z.string() })),
});

const more = (text: string, before: readonly PhoneNumber[] = []) => [...before, phoneNumber(text)];

export const check = (context: CommandContext) =>
  adminVerb('check', {
    summary: 'Ask the carrier whether texts of lines can be hosted',
    description: 'Nothing is ordered. Ends with 1 when one of them cannot.',
    examples: ['frontdesk numbers host check +14805550177 --clinic 11111111-1111-4111-8111-111111111111'],
  })
    .addArgument(new Argument('<numbers...>', 'one to ten lines of the clinic').argParser(more))
    .action(async (numbers, { json, ...options }) => {
      const { out } = context;
      const { items } = await openAdmin(context, options).ask('checkHostedNumbers', answer, { fields: { numbers } });
      if (json === true) out.json(items);
      else {
        for (const { number, eligible, words, next } of items) {
          out.line(`${number}: ${eligible ? out.paint('green', 'yes') : out.paint('red', 'no')}. ${words} ${next}`);
        }
      }
      if (items.some(({ eligible }) => !eligible)) out.fail('', exitCodes.failed);
    });

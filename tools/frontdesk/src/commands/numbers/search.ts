import { Option } from '@commander-js/extra-typings';
import { phoneCarriers } from '@frontdesk/contracts';
import { adminVerb } from '../../admin/admin-verb.ts';
import { availableNumbers } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { monthly } from './monthly.ts';

export const search = (context: CommandContext) =>
  adminVerb('search', {
    summary: 'Look for numbers that are for sale',
    description: 'Nothing is reserved by looking.',
    examples: [
      'frontdesk numbers search --area-code 480 --clinic 11111111-1111-4111-8111-111111111111',
      "frontdesk numbers search --state AZ --contains 2663 --json | jq -r '.items[0].number'",
    ],
  })
    .option('--area-code <digits>', 'three digits')
    .option('--contains <digits>', 'two to seven digits that it is to contain')
    .option('--city <name>', 'where it is')
    .option('--state <letters>', 'two letters')
    .option('--toll-free', 'free for those who call it')
    .addOption(new Option('--carrier <carrier>', 'whose').choices(phoneCarriers).default('telnyx' as const))
    .option('--limit <count>', 'how many at most', count(50), 10)
    .action(async ({ areaCode, contains, city, state, tollFree, carrier, limit, json, ...options }) => {
      const { out } = context;
      const fields = {
        areaCode,
        contains,
        locality: city,
        state: state?.toUpperCase(),
        tollFree: tollFree === true ? 'true' : undefined,
        carrier,
        limit,
      };
      const found = await openAdmin(context, options).ask('listAvailableNumbers', availableNumbers, { fields });
      if (json === true) return out.json(found);
      out.table(
        found.items.map((each) => ({
          number: each.number,
          city: each.locality,
          state: each.state,
          takes: [each.sms && 'texts', each.mms && 'pictures', each.voice && 'calls'].filter(Boolean).join(', '),
          'a month': monthly(each.monthlyCents),
        })),
      );
      out.line(found.next);
    });

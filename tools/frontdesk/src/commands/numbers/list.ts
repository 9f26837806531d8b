import { adminVerb } from '../../admin/admin-verb.ts';
import { allPages } from '../../admin/all-pages.ts';
import { clinicNumber } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';

export const list = (context: CommandContext) =>
  adminVerb('list', {
    summary: 'List the numbers of a clinic',
    examples: [
      'frontdesk numbers list --clinic 11111111-1111-4111-8111-111111111111',
      "frontdesk numbers list --json | jq -r '.[].number'",
    ],
  })
    .option('--limit <count>', 'how many at most', count(1_000), 100)
    .action(async ({ limit, json, ...options }) => {
      const { out } = context;
      const { items, more } = await allPages(openAdmin(context, options), 'listNumbers', clinicNumber, limit);
      if (json === true) return out.json(items);
      out.table(
        items.map(({ number, carrier, origin, callHandling, transferTo, campaign, locationId }) => ({
          number,
          carrier,
          came: origin,
          calls: callHandling,
          'handed to': transferTo,
          campaign,
          location: locationId,
        })),
      );
      if (items.length === 0) out.line('There are none.');
      if (more) out.note('There are more: --limit shows them.');
    });

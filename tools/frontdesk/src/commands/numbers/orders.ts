import { adminVerb } from '../../admin/admin-verb.ts';
import { allPages } from '../../admin/all-pages.ts';
import { numberOrder } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';

export const orders = (context: CommandContext) =>
  adminVerb('orders', {
    summary: 'List the numbers that a clinic ordered, newest first',
    examples: ['frontdesk numbers orders --clinic 11111111-1111-4111-8111-111111111111'],
  })
    .option('--limit <count>', 'how many at most', count(1_000), 25)
    .action(async ({ limit, json, ...options }) => {
      const { out } = context;
      const { items, more } = await allPages(openAdmin(context, options), 'listNumberOrders', numberOrder, limit);
      if (json === true) return out.json(items);
      out.table(
        items.map(({ stateAt, number, carrier, state, id, reason }) => ({
          since: stateAt,
          order: id,
          number,
          carrier,
          state,
          reason,
        })),
      );
      if (items.length === 0) out.line('There are none.');
      if (more) out.note('There are more: --limit shows them.');
    });

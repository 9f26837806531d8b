import { adminVerb } from '../../../admin/admin-verb.ts';
import { allPages } from '../../../admin/all-pages.ts';
import { hostedOrder } from '../../../admin/answers.ts';
import { openAdmin } from '../../../admin/open-admin.ts';
import { count } from '../../../arguments.ts';
import type { CommandContext } from '../../../context.ts';

export const list = (context: CommandContext) =>
  adminVerb('list', {
    summary: 'List the hosted lines of a clinic, newest first',
    examples: ['frontdesk numbers host list --clinic 11111111-1111-4111-8111-111111111111'],
  })
    .option('--limit <count>', 'how many at most', count(1_000), 25)
    .action(async ({ limit, json, ...options }) => {
      const { out } = context;
      const { items, more } = await allPages(openAdmin(context, options), 'listHostedOrders', hostedOrder, limit);
      if (json === true) return out.json(items);
      out.table(
        items.map(({ stateAt, id, number, state, next }) => ({ since: stateAt, order: id, number, state, next })),
      );
      if (items.length === 0) out.line('There are none.');
      if (more) out.note('There are more: --limit shows them.');
    });

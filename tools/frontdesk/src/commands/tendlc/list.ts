import { Argument } from '@commander-js/extra-typings';
import { adminVerb } from '../../admin/admin-verb.ts';
import { allPages } from '../../admin/all-pages.ts';
import { registration } from '../../admin/answers.ts';
import { openAdmin } from '../../admin/open-admin.ts';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';

export const list = (context: CommandContext) =>
  adminVerb('list', {
    summary: 'List the brands or the campaigns of a clinic, newest first',
    examples: ['frontdesk tendlc list brands', "frontdesk tendlc list campaigns --json | jq -r '.[].id'"],
  })
    .addArgument(new Argument('<what>', 'which').choices(['brands', 'campaigns'] as const))
    .option('--limit <count>', 'how many at most', count(1_000), 25)
    .action(async (what, { limit, json, ...options }) => {
      const { out } = context;
      const operation = what === 'brands' ? 'listBrands' : 'listCampaigns';
      const { items, more } = await allPages(openAdmin(context, options), operation, registration, limit);
      if (json === true) return out.json(items);
      out.table(
        items.map(({ stateAt, id, state, details, next }) => ({
          since: stateAt,
          id,
          what: details.displayName ?? details.usecase ?? null,
          state,
          next,
        })),
      );
      if (items.length === 0) out.line('There are none.');
      if (more) out.note('There are more: --limit shows them.');
    });

import { listWebhooks } from '@frontdesk/operations';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { filterOf, filterOptions } from './filter-options.ts';

export const list = (context: CommandContext) =>
  verb('list', {
    summary: 'List stored webhooks, newest first',
    description: 'Each was verified when it came. What it says is not for operators to read.',
    examples: [
      'frontdesk webhooks list --parked',
      'frontdesk webhooks list --provider square --kind payment.updated --since 2h',
    ],
  })
    .addOption(filterOptions.provider)
    .addOption(filterOptions.kind)
    .addOption(filterOptions.clinic)
    .addOption(filterOptions.parked)
    .addOption(filterOptions.since)
    .addOption(filterOptions.until)
    .option('--limit <count>', 'how many at most', count(10_000), 50)
    .action(async ({ limit, json, ...options }) => {
      const { out, clock } = context;
      const webhooks = await listWebhooks(context.operatorDatabase(), filterOf(options, clock), limit);
      if (json === true) return out.json(webhooks);
      out.table(
        webhooks.map(({ verifiedAt, id, provider, kind, orgId, parkedReason }) => ({
          verified: verifiedAt,
          webhook: id,
          provider,
          kind,
          clinic: orgId,
          parked: parkedReason,
        })),
      );
      out.line(webhooks.length === 0 ? 'There are none.' : `${webhooks.length} listed.`);
      if (webhooks.length === limit) out.note('There may be more: --limit and --until show them.');
    });

import { isBounded, listEvents } from '@frontdesk/operations';
import { count, ids } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';
import { selectionOf, selectionOptions } from './selection-options.ts';

const usual = Temporal.Duration.from({ hours: 24 });

export const list = (context: CommandContext) =>
  verb('list', {
    summary: 'List published events, newest first',
    description:
      'The event log keeps what was published for as long as EVENT_LOG_DAYS says. Without ids, a story or a time, it is the last\n' +
      '24 hours that are listed. Replays are not listed as events of their own; `events show` and `trace show` tell of them.',
    examples: [
      'frontdesk events list --since 1h --type messaging.text-requested',
      'frontdesk events list --clinic 11111111-1111-4111-8111-111111111111 --to payments --since 3d',
      "frontdesk events list --since 15m --json | jq '.events[].eventId'",
    ],
  })
    .argument('[ids...]', 'these events', ids)
    .addOption(selectionOptions.type)
    .addOption(selectionOptions.clinic)
    .addOption(selectionOptions.to)
    .addOption(selectionOptions.story)
    .addOption(selectionOptions.since)
    .addOption(selectionOptions.until)
    .option('--limit <count>', 'how many at most', count(10_000), 50)
    .action(async (wanted, { limit, json, ...options }) => {
      const { out, clock } = context;
      const given = selectionOf(options, clock, wanted);
      const selection = isBounded(given) ? given : { ...given, since: clock().subtract(usual).toString() };
      const events = await listEvents(context.operatorDatabase(), selection, limit);
      if (json === true) return out.json({ selection, events });
      out.table(
        events.map(({ publishedAt, type, eventId, orgId, correlationId }) => ({
          published: publishedAt,
          type,
          event: eventId,
          clinic: orgId,
          story: correlationId,
        })),
      );
      out.line(events.length === 0 ? 'There are none.' : `${events.length} listed.`);
      if (events.length === limit) out.note('There may be more: --limit and --until show them.');
    });

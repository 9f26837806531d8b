import { showEvent, type PublishedEvent } from '@frontdesk/operations';
import { id } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { verb } from '../../verb.ts';

export const show = (context: CommandContext) =>
  verb('show', {
    summary: 'Show a published event, and each time it was replayed',
    description: 'Events hold ids and plain facts, never words of patients. `trace show` tells what came of it.',
    examples: ['frontdesk events show 0199d5a0-0000-7000-8000-000000000007'],
  })
    .argument('<id>', 'which event', id)
    .action(async (eventId, { json }) => {
      const { out } = context;
      const publications = await showEvent(context.operatorDatabase(), eventId);
      if (json === true) return out.json(publications);
      const [first] = publications;
      if (first !== undefined) tellEvent(context, first);
      for (const { publishedAt, replay } of publications.slice(1)) {
        const how = replay === null ? '' : ` as replay ${replay.number}, effects ${replay.effects}`;
        out.line(`published again ${publishedAt}${how}`);
      }
    });

function tellEvent({ out }: CommandContext, event: PublishedEvent): void {
  const { eventId, type, orgId, producer, queue, groupId, occurredAt, publishedAt, correlationId, causationId } = event;
  const facts = { event: eventId, type, clinic: orgId, from: producer, queue, group: groupId, story: correlationId };
  for (const [name, value] of Object.entries({ ...facts, cause: causationId ?? '–', occurredAt, publishedAt })) {
    out.line(`${name.padEnd(12)}${value}`);
  }
  out.line(`${'data'.padEnd(12)}${JSON.stringify(event.data)}`);
}

import type { OperatorDatabase } from '@frontdesk/db';
import { findStory, type StoryKey } from './find-story.ts';
import { loadStory, type EventRow, type StoryRows } from './load-story.ts';
import { byTime, node, type StoryNode } from './story-node.ts';
import { isReplay, tellEvent } from './tell-event.ts';

export type Story = StoryKey & {
  /** What nothing else in the story caused, in the order in which it happened. */
  roots: StoryNode[];
  /** There is more of it, older, than is told. */
  isCut: boolean;
};

/**
 * Tells how one thing caused another, from the webhook to the answer of the carrier.
 * @throws NotFound when nothing that is kept has that id
 */
export async function tellStory(database: OperatorDatabase, id: string): Promise<Story> {
  const key = await findStory(database, id);
  const rows = await loadStory(database, key);
  return { ...key, roots: treeOf(rows), isCut: rows.isCut };
}

/** Hangs every event below its cause: what a replay caused below the replay, everything else below the event itself. */
function treeOf(rows: StoryRows): StoryNode[] {
  const webhooks = new Map(
    rows.webhooks.map(({ id, provider, kind, verifiedAt }) => [
      id,
      node({ kind: 'webhook', id, what: `${provider} ${kind}`, by: null, state: 'stored', from: verifiedAt, to: null }),
    ]),
  );
  const told = rows.events.map((event) => ({ event, told: tellEvent(event, rows) }));
  const originals = new Map(
    told.filter(({ event }) => !isReplay(event)).map((each) => [each.event.eventId, each.told]),
  );
  const replays = new Map(told.filter(({ event }) => isReplay(event)).map((each) => [each.told.id, each.told]));
  const parentOf = (event: EventRow): StoryNode | undefined => {
    if (isReplay(event)) return originals.get(event.eventId);
    const cause = event.causationId ?? '';
    return (
      (event.replay === null ? undefined : replays.get(`${cause}:r${event.replay.number}`)) ??
      originals.get(cause) ??
      webhooks.get(cause)
    );
  };
  const roots: StoryNode[] = [...webhooks.values()];
  for (const { event, told: child } of told) (parentOf(event)?.children ?? roots).push(child);
  return sorted(roots);
}

function sorted(nodes: StoryNode[]): StoryNode[] {
  for (const { children } of nodes) sorted(children);
  return nodes.sort(byTime);
}

import { catalogue, deliveryIds } from '@frontdesk/contracts';
import { consumerOf } from '../events/plan-replay.ts';
import {
  messageIdOf,
  type AttemptRow,
  type EventRow,
  type StoryRows,
  type TextRow,
  type TurnRow,
} from './load-story.ts';
import { node, type StoryNode } from './story-node.ts';

/** A publication of an event as a node: how far its consumer is with it, and the turn or text that it is about. */
export function tellEvent(event: EventRow, rows: StoryRows): StoryNode {
  const { eventId, type, queue, occurredAt, publishedAt, replay } = event;
  const handledAt = handledAtOf(event, rows);
  const by = consumerOf(queue);
  if (isReplay(event)) {
    const { number = 0, effects = 'withheld', inbox = 'respected' } = replay ?? {};
    const what = `replay ${number}, inbox ${inbox}, effects ${effects}`;
    const isAbsorbed = isAbsorbedByInbox(event, rows, handledAt);
    const state = isAbsorbed ? 'absorbed by the inbox' : replayState(event, rows, handledAt);
    const from = publishedAt ?? new Date(occurredAt);
    const to = isAbsorbed ? null : handledAt;
    return node({ kind: 'replay', id: `${eventId}:r${number}`, what, by, state, from, to });
  }
  const state = eventState(event, rows, handledAt);
  const told = node({ kind: 'event', id: eventId, what: type, by, state, from: new Date(occurredAt), to: handledAt });
  const [messageId] = messageIdOf(event.data);
  const turn = rows.turns.find((each) => each.messageId === messageId);
  const text = rows.texts.find(({ id }) => id === messageId);
  if (turn !== undefined) told.children.push(tellTurn(turn));
  if (text !== undefined) told.children.push(tellText(text, rows.attempts));
  return told;
}

/** Put into the outbox by operators, and not by the service that wrote the event first. */
export function isReplay({ producer }: EventRow): boolean {
  return producer === 'operations';
}

function handledAtOf({ eventId, queue, replay }: EventRow, { inbox }: StoryRows): Date | null {
  const { inboxId } = deliveryIds(eventId, replay ?? undefined);
  const consumer = consumerOf(queue);
  return inbox.find((row) => row.consumer === consumer && row.eventId === inboxId)?.handledAt ?? null;
}

function eventState(event: EventRow, { parked }: StoryRows, handledAt: Date | null): string {
  if (event.publishedAt === null) return 'waits to be published';
  if (handledAt !== null) return 'handled';
  if (isNotRun(event)) return 'not handled: its effects are withheld';
  const refused = parked.find(({ eventId }) => eventId === event.eventId);
  if (refused !== undefined) {
    return refused.resolvedAt === null ? `parked: ${refused.reason}` : `was parked, and settled: ${refused.reason}`;
  }
  return 'published, not handled yet';
}

function replayState(event: EventRow, rows: StoryRows, handledAt: Date | null): string {
  if (handledAt === null || event.publishedAt === null) return eventState(event, rows, handledAt);
  return isNotRun(event) && event.replay?.inbox === 'bypassed' ? 'noted: its effects are withheld' : 'handled';
}

/**
 * Whether its consumer had handled it before it was put into the outbox again. The moment of its publication says less: the consumer
 * may be done before the relay has noted that it published.
 */
function isAbsorbedByInbox(
  { eventId, publishedAt, replay }: EventRow,
  { replays, parked }: StoryRows,
  handledAt: Date | null,
): boolean {
  if (handledAt === null || publishedAt === null || replay?.inbox === 'bypassed') return false;
  const requestedAt = replays.find(({ number }) => number === replay?.number)?.requestedAt;
  const redrivenAt = parked.find((row) => row.eventId === eventId)?.resolvedAt;
  return handledAt < (requestedAt ?? redrivenAt ?? publishedAt);
}

/** A withheld event whose handler would call a vendor. */
function isNotRun({ type, replay }: EventRow): boolean {
  const definition = catalogue.find((known) => known.type === type);
  return replay?.effects === 'withheld' && definition?.outward.itself != null;
}

function tellTurn({ id, state, startedAt, endedAt }: TurnRow): StoryNode {
  return node({ kind: 'turn', id, what: 'turn', by: 'conversation-worker', state, from: startedAt, to: endedAt });
}

function tellText(
  { id, kind, state, reason, createdAt, stateAt }: TextRow,
  attempts: readonly AttemptRow[],
): StoryNode {
  const words = reason === null ? state : `${state}: ${reason}`;
  const told = node({ kind: 'text', id, what: kind, by: null, state: words, from: createdAt, to: stateAt });
  told.children.push(...attempts.filter(({ messageId }) => messageId === id).map(tellAttempt));
  return told;
}

function tellAttempt({ id, number, channel, outcome, code, startedAt, finishedAt }: AttemptRow): StoryNode {
  const state = `${outcome ?? 'no answer yet'}${code === null ? '' : ` (${code})`}`;
  const what = `attempt ${number} on ${channel}`;
  return node({ kind: 'attempt', id, what, by: 'messaging-worker', state, from: startedAt, to: finishedAt });
}

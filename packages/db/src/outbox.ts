import { createHash } from 'node:crypto';
import type { Envelope, EventDefinition } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';
import { context, propagation } from '@opentelemetry/api';
import type { TenantTransaction } from './tenant-transaction.ts';

/** The relay of a service shares its work by shard; all rows of one group lie in one shard. */
export const outboxShards = 4;

/** What a writer says of an event; the rest of the envelope follows from its definition. */
export type NewEvent<Data = unknown> = {
  definition: EventDefinition<string, Data>;
  orgId: Id;
  data: Data;
  occurredAt: Temporal.Instant;
  /** The conversation, call or order that the whole story belongs to. */
  correlationId: string;
  /** The event, webhook or step that caused this one. */
  causationId: string | null;
};

/** A row of the outbox, ready to insert. The producer is filled in by the database from the connected role. */
export type OutboxRow = { orgId: Id; queue: string; groupId: string; shard: number; eventId: Id; envelope: Envelope };

/**
 * Checks the data against the strict schema and wraps it with the trace that is active now.
 * @throws ZodError when the data does not fit: a bug of the writer, found before anything is written
 */
export function outboxRow<Data>({
  definition,
  orgId,
  data,
  occurredAt,
  correlationId,
  causationId,
}: NewEvent<Data>): OutboxRow {
  const parsed = definition.schema.parse(data);
  const groupId = definition.group(parsed);
  const id = newId();
  const envelope: Envelope = {
    id,
    type: definition.type,
    orgId,
    occurredAt: occurredAt.toString(),
    correlationId,
    causationId,
    traceparent: activeTraceparent(),
    data: parsed,
  };
  return { orgId, queue: definition.queue, groupId, shard: shardOf(groupId), eventId: id, envelope };
}

/**
 * Adds an event to the outbox in the transaction of the change that it tells of; the relay publishes it after the commit.
 * Writers of one group hold that group's row lock (conversation, text, deposit) before they append, so that ids follow
 * the order of commits.
 */
export async function appendEvent<Data>(tx: TenantTransaction, event: NewEvent<Data>): Promise<Id> {
  const row = outboxRow(event);
  await tx.$executeRaw`
    insert into outbox (org_id, queue, group_id, shard, event_id, envelope)
    values (${row.orgId}::uuid, ${row.queue}, ${row.groupId}, ${row.shard}, ${row.eventId}::uuid,
      ${JSON.stringify(row.envelope)}::jsonb)`;
  return row.eventId;
}

/** Where in the outbox the rows of a group lie. */
export function shardOf(groupId: string): number {
  return createHash('sha1').update(groupId).digest().readUInt32BE() % outboxShards;
}

function activeTraceparent(): string | null {
  const carrier: { traceparent?: string } = {};
  propagation.inject(context.active(), carrier);
  return carrier.traceparent ?? null;
}

import type { EventDefinition } from '@frontdesk/contracts';
import { outboxRow, type OutboxRow } from '@frontdesk/db';
import { context } from '@opentelemetry/api';
import type { Addressed } from './webhook.ts';

/** An event that a webhook causes, in the trace of the request that brought it. */
export function outboxRowOf<Data>(
  webhook: Addressed,
  correlationId: string,
  definition: EventDefinition<string, Data>,
  data: Data,
): OutboxRow {
  return context.with(webhook.trace, () =>
    outboxRow({
      definition,
      orgId: webhook.clinic.orgId,
      data,
      occurredAt: webhook.occurredAt,
      correlationId,
      causationId: webhook.id,
    }),
  );
}

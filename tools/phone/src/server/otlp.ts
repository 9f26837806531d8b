import { z } from 'zod';
import type { RowsWritten, SpanItem } from '../feed-items.ts';

/** `opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest` as JSON, as far as the page reads it. */
const anyValue = z.object({
  stringValue: z.string().optional(),
  intValue: z.union([z.string(), z.number()]).optional(),
  doubleValue: z.number().optional(),
  boolValue: z.boolean().optional(),
});
const attributes = z
  .array(z.object({ key: z.string(), value: anyValue.optional() }))
  .default([])
  .transform((pairs) => Object.fromEntries(pairs.map(({ key, value = {} }) => [key, textOf(value)])));
const nanos = z.union([z.string(), z.number()]).transform((value) => Number(BigInt(value) / 1_000n) / 1_000);
const span = z.object({
  traceId: z.string(),
  spanId: z.string(),
  parentSpanId: z.string().nullish(),
  name: z.string(),
  startTimeUnixNano: nanos,
  endTimeUnixNano: nanos,
  attributes,
  events: z.array(z.object({ name: z.string(), attributes })).default([]),
  status: z.object({ code: z.number().default(0) }).optional(),
});
const exportRequest = z.object({
  resourceSpans: z
    .array(
      z.object({
        resource: z.object({ attributes }).optional(),
        scopeSpans: z.array(z.object({ spans: z.array(span).default([]) })).default([]),
      }),
    )
    .default([]),
});

const errorStatus = 2;

/**
 * Reads the spans out of an export of the services' telemetry.
 * @throws ZodError when it is none
 */
export function readSpans(body: unknown): SpanItem[] {
  return exportRequest.parse(body).resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map((each): SpanItem => {
        return {
          kind: 'span',
          traceId: each.traceId,
          spanId: each.spanId,
          parentId: each.parentSpanId === '' ? null : (each.parentSpanId ?? null),
          service: resource?.attributes['service.name'] ?? 'unknown',
          name: each.name,
          startedAt: each.startTimeUnixNano,
          endedAt: each.endTimeUnixNano,
          failed: each.status?.code === errorStatus,
          rows: wasRefused(each.attributes)
            ? []
            : each.events.flatMap(({ name, attributes: noted }) => (name === 'frontdesk.rows' ? [rowsOf(noted)] : [])),
          attributes: each.attributes,
        };
      }),
    ),
  );
}

/** A request that was refused kept nothing of what it had written until then. */
const wasRefused = (noted: Record<string, string>): boolean => Number(noted['http.response.status_code'] ?? 200) >= 400;

function rowsOf(noted: Record<string, string>): RowsWritten {
  const count = noted['frontdesk.row_count'];
  return {
    verb: noted['db.operation.name'] ?? 'write',
    table: noted['db.collection.name'] ?? 'unknown',
    count: count === undefined ? null : Number(count),
  };
}

function textOf({ stringValue, intValue, doubleValue, boolValue }: z.infer<typeof anyValue>): string {
  return String(stringValue ?? intValue ?? doubleValue ?? boolValue ?? '');
}

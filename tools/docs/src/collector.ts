import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';
import { listen } from '@frontdesk/runtime';
import { z } from 'zod';

const scalar = z.union([z.string(), z.number(), z.boolean()]);
/** Lists, such as the reasons for which a model stopped, count as empty. */
const anyValue = z.record(z.string(), scalar.catch(''));
const attributes = z
  .array(z.object({ key: z.string(), value: anyValue.optional() }))
  .default([])
  .transform((all) =>
    Object.fromEntries(all.map(({ key, value = {} }) => [key, String(Object.values(value)[0] ?? '')])),
  );
const resource = z.object({ attributes }).default({ attributes: {} });
const points = z.object({ dataPoints: z.array(z.object({ attributes })) }).optional();
const metric = z.object({
  name: z.string(),
  unit: z.string().default(''),
  sum: points,
  gauge: points,
  histogram: points,
  exponentialHistogram: points,
});
const metricsExport = z.object({
  resourceMetrics: z.array(z.object({ resource, scopeMetrics: z.array(z.object({ metrics: z.array(metric) })) })),
});
const span = z.object({
  name: z.string(),
  kind: z.number(),
  attributes,
  links: z.array(z.object({ spanId: z.string() })).default([]),
});
const traceExport = z.object({
  resourceSpans: z.array(z.object({ resource, scopeSpans: z.array(z.object({ spans: z.array(span) })) })),
});

type SeenMetric = {
  unit: string;
  kind: string;
  services: Set<string>;
  /** The values of each label. */
  labels: Map<string, Set<string>>;
};

/** Something to which services send their telemetry over OTLP/HTTP, and which remembers what there was. */
export type Collector = {
  readonly url: string;
  readonly metrics: ReadonlyMap<string, SeenMetric>;
  readonly spans: readonly { service: string; name: string; kind: number; attributes: Record<string, string> }[];
  /** The resources that sent, by the name of the service. */
  readonly resources: ReadonlyMap<string, Record<string, string>>;
  readonly headers: readonly Record<string, string | string[] | undefined>[];
  close(): Promise<void>;
};

export async function startCollector(): Promise<Collector> {
  const metrics = new Map<string, SeenMetric>();
  const resources = new Map<string, Record<string, string>>();
  const spans: { service: string; name: string; kind: number; attributes: Record<string, string> }[] = [];
  const headers: Record<string, string | string[] | undefined>[] = [];
  const serviceOf = (sender: Record<string, string>) => {
    const service = sender['service.name'] ?? '';
    resources.set(service, sender);
    return service;
  };

  const take = {
    '/v1/metrics': (body: unknown) => {
      for (const { resource: sender, scopeMetrics } of metricsExport.parse(body).resourceMetrics) {
        const service = serviceOf(sender.attributes);
        for (const each of scopeMetrics.flatMap((scope) => scope.metrics)) note(metrics, each, service);
      }
    },
    '/v1/traces': (body: unknown) => {
      for (const { resource: sender, scopeSpans } of traceExport.parse(body).resourceSpans) {
        const service = serviceOf(sender.attributes);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans).map((each) => ({ ...each, service })));
      }
    },
  };
  const server = createServer(async (request, response) => {
    const known = Object.entries(take).find(([path]) => path === request.url);
    headers.push(request.headers);
    known?.[1](await json(request));
    response.writeHead(known === undefined ? 404 : 200, { 'content-type': 'application/json' }).end('{}');
  });
  const listener = await listen(server, 0);
  return {
    url: `http://127.0.0.1:${listener.port}`,
    metrics,
    spans,
    resources,
    headers,
    close: () => listener.close(),
  };
}

const kinds = ['sum', 'gauge', 'histogram', 'exponentialHistogram'] as const;

function note(metrics: Map<string, SeenMetric>, each: z.infer<typeof metric>, service: string): void {
  const kind = kinds.find((name) => each[name] !== undefined) ?? 'unknown';
  const seen = metrics.get(each.name) ?? { unit: each.unit, kind, services: new Set(), labels: new Map() };
  metrics.set(each.name, seen);
  seen.services.add(service);
  for (const { attributes: labels } of kinds.flatMap((name) => each[name]?.dataPoints ?? [])) {
    for (const [label, value] of Object.entries(labels)) {
      seen.labels.set(label, (seen.labels.get(label) ?? new Set()).add(value));
    }
  }
}

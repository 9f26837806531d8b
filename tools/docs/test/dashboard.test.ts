import { describe, expect, it } from '@jest/globals';
import { alarms, runbooks } from '@frontdesk/operations';
import { z } from 'zod';
import { readPromql } from '../src/promql.ts';
import { quoted, readText, tableOf } from '../src/tables.ts';

const prometheus = z.object({ type: z.literal('prometheus'), uid: z.literal('${datasource}') });
const dashboard = z
  .object({
    templating: z.object({ list: z.array(z.object({ name: z.string(), type: z.string(), query: z.string() })) }),
    panels: z.array(
      z.object({
        id: z.number(),
        type: z.string(),
        title: z.string(),
        gridPos: z.object({ x: z.number(), y: z.number(), w: z.number(), h: z.number() }),
        datasource: prometheus.optional(),
        targets: z.array(z.object({ expr: z.string(), legendFormat: z.string(), datasource: prometheus })).default([]),
      }),
    ),
  })
  .parse(JSON.parse(await readText('infra/grafana/frontdesk.json')));
const panels = dashboard.panels.filter(({ type }) => type !== 'row');
const expressions = panels.flatMap(({ title, targets }) =>
  targets.map(({ expr }) => ({ title, expr: expr.replaceAll('$__rate_interval', '5m') })),
);

/** The metrics of docs/telemetry.md with their labels, by the names that Prometheus has for them. */
const rows = tableOf(await readText('docs/telemetry.md'), 'metric').map((row) => ({
  name: quoted(row['metric'] ?? '')[0] ?? '',
  kind: row['kind'],
  labels: quoted(row['labels'] ?? ''),
}));
const known = new Map(
  rows.flatMap(({ name, kind, labels }): [string, string[]][] => {
    const spelt = name.replaceAll('.', '_');
    const own = labels.map((label) => label.replaceAll('.', '_'));
    if (kind === 'sum') return [[`${spelt}_total`, own]];
    if (kind !== 'histogram') return [[spelt, own]];
    return [
      [`${spelt}_bucket`, [...own, 'le']],
      [`${spelt}_count`, own],
      [`${spelt}_sum`, own],
    ];
  }),
);
const ofEveryTarget = ['job', 'instance'];

describe('the dashboard', () => {
  it.each(expressions)('asks only for metrics and labels that exist: $title: $expr', ({ expr }) => {
    const { metrics, labels } = readPromql(expr);
    expect(metrics).not.toEqual([]);
    expect(metrics.filter((metric) => !known.has(metric))).toEqual([]);
    const possible = new Set([...metrics.flatMap((metric) => known.get(metric) ?? []), ...ofEveryTarget]);
    expect(labels.filter((label) => !possible.has(label))).toEqual([]);
  });

  it('takes any Prometheus', () => {
    expect(dashboard.templating.list).toContainEqual({ name: 'datasource', type: 'datasource', query: 'prometheus' });
    expect(panels.every(({ datasource }) => datasource !== undefined)).toBe(true);
  });

  it('has a place of its own for each panel', () => {
    expect(new Set(dashboard.panels.map(({ id }) => id)).size).toBe(dashboard.panels.length);
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, n) => `${x + (n % w)},${y + Math.floor(n / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
  });

  it('shows every metric of the desk', () => {
    const shown = expressions.flatMap(({ expr }) => readPromql(expr).metrics);
    const own = rows.filter(({ name }) => name.startsWith('frontdesk_'));
    expect(own.filter(({ name }) => !shown.some((metric) => metric.startsWith(name))).map(({ name }) => name)).toEqual(
      [],
    );
  });
});

describe('a PromQL expression', () => {
  it('is read by its metrics and labels', () => {
    const quantile = 'histogram_quantile(0.95, sum by (le, type) (rate(a_bucket{outcome="x"}[5m]))) / on (job) b';
    expect(readPromql(quantile)).toEqual({ metrics: ['a_bucket', 'b'], labels: ['le', 'type', 'outcome', 'job'] });
  });

  it('is refused when it does not parse', () => {
    expect(() => readPromql('sum(rate(a[5m])')).toThrow(/does not parse/);
  });
});

describe('the alarms', () => {
  const byName = new Map(rows.map((row) => [row.name, row]));

  it.each(alarms)('$name looks at a metric and at labels that exist, in a way that fits its kind', (alarm) => {
    const metric = byName.get(alarm.metric);
    expect(metric?.labels).toEqual(expect.arrayContaining(Object.keys(alarm.where)));
    if (alarm.each !== 'none') expect(metric?.labels).toContain(alarm.each.label);
    const ways = { gauge: ['maximum'], sum: ['sum'], histogram: ['count', 'p95'] }[metric?.kind ?? ''];
    expect(ways).toContain(alarm.statistic);
  });

  it('have names of their own and a runbook each', () => {
    expect(new Set(alarms.map(({ name }) => name)).size).toBe(alarms.length);
    expect(alarms.filter(({ runbook }) => !runbooks.includes(runbook))).toEqual([]);
  });
});

import { alarms } from '@frontdesk/operations';
import { describe, expect, it } from '@jest/globals';
import { dimensionsOf } from '../src/telemetry/collector-config.ts';
import { synthesise } from './support/synthesised.ts';

const template = synthesise('production', { checked: false }).template('monitoring');

describe('the alarms', () => {
  const made = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
  const expected = alarms.flatMap(({ name, each }) =>
    each === 'none' ? [name] : each.of.map((of) => `${name}-${of}`),
  );

  it('are all of the table, and a few of what only AWS sees', () => {
    const names = made.map(({ AlarmName }) => String(AlarmName));
    expect(names.toSorted()).toEqual(
      [...expected, 'edge-refuses', 'database-disk', 'database-busy'].map((name) => `frontdesk-${name}`).toSorted(),
    );
  });

  it('each say what is wrong, link a runbook, and tell somebody', () => {
    for (const alarm of made) {
      expect(alarm['AlarmDescription']).toMatch(/\. Runbook: https:\/\/.*\/docs\/runbooks\/[a-z-]+\.md$/);
      expect(alarm['AlarmActions']).toHaveLength(1);
      expect(alarm['OKActions']).toHaveLength(1);
    }
  });

  it('look only at series that the collectors send', () => {
    const asked = made
      .flatMap(({ Metrics, ...alarm }) =>
        Array.isArray(Metrics) ? Metrics.map((each) => each.MetricStat?.Metric) : [alarm],
      )
      .filter((metric) => metric?.Namespace === 'Frontdesk');
    expect(asked.length).toBeGreaterThan(0);
    for (const { MetricName, Dimensions = [] } of asked) {
      const labels = (Dimensions as { Name: string }[]).map(({ Name }) => Name).toSorted();
      expect(dimensionsOf(String(MetricName))).toContainEqual(labels);
    }
  });
});

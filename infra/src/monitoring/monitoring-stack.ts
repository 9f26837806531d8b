import type { App } from 'aws-cdk-lib';
import type { Alerts } from '../alerts/alerts-stack.ts';
import type { Data } from '../data/data-stack.ts';
import type { Edge } from '../edge/edge-stack.ts';
import type { Environment } from '../environments.ts';
import { makeStack } from '../support/stack.ts';
import { dashboard } from './dashboard.ts';
import { makeAlarm } from './make-alarm.ts';
import { platformAlarms } from './platform-alarms.ts';
import { metricOf, singleAlarms } from './table-alarms.ts';

/** The alarms of the table that operators share with Grafana, those of what only AWS sees, and a dashboard of both. */
export function monitoringStack(
  app: App,
  environment: Environment,
  { alerts, data, edge }: { alerts: Alerts; data: Data; edge: Edge },
): void {
  const stack = makeStack(app, environment, 'monitoring', 'Alarms and the dashboard');
  const context = { alerts, environment };
  const table = singleAlarms.map((single) => ({
    single,
    alarm: makeAlarm(stack, { ...single.alarm, name: single.name, metric: metricOf(single) }, context),
  }));
  const platform = platformAlarms({ data, edge }).map((options) => makeAlarm(stack, options, context));
  dashboard(stack, { table, platform });
}

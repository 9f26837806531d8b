import { AlarmStatusWidget, AlarmWidget, Dashboard, GraphWidget, type Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import { metricOf, type SingleAlarm } from './table-alarms.ts';

const halfWidth = 12;

/** One row for all alarms at a glance, then a graph for each alarm of the table, its queues or producers together. */
export function dashboard(
  scope: Construct,
  { table, platform }: { table: { single: SingleAlarm; alarm: Alarm }[]; platform: Alarm[] },
): void {
  const board = new Dashboard(scope, 'Dashboard', { dashboardName: 'frontdesk' });
  const all = [...table.map(({ alarm }) => alarm), ...platform];
  board.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: all, width: 24, height: 4 }));
  const graphs = [...Map.groupBy(table, ({ single }) => single.alarm).entries()].map(
    ([alarm, singles]) =>
      new GraphWidget({
        title: `${alarm.name}: ${alarm.summary}`,
        width: halfWidth,
        left: singles.map(({ single }) => metricOf(single)),
        leftAnnotations: [{ value: alarm.above, label: 'alarm' }],
      }),
  );
  const ofPlatform = platform.map((alarm) => new AlarmWidget({ title: alarm.node.id, alarm, width: halfWidth }));
  board.addWidgets(...graphs, ...ofPlatform);
}

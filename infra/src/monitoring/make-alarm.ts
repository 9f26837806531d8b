import { ComparisonOperator, TreatMissingData, type Alarm, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Alarm as CloudWatchAlarm } from 'aws-cdk-lib/aws-cloudwatch';
import type { Construct } from 'constructs';
import type { Alerts } from '../alerts/alerts-stack.ts';
import type { Environment } from '../environments.ts';

export type AlarmOptions = {
  readonly name: string;
  readonly summary: string;
  readonly metric: IMetric;
  readonly above: number;
  readonly periods: number;
  readonly urgency: keyof Alerts;
  readonly runbook: string;
};

/** An alarm that says what is wrong and where it is written what to do. It also tells when all is well again. */
export function makeAlarm(
  scope: Construct,
  { name, summary, metric, above, periods, urgency, runbook }: AlarmOptions,
  { alerts, environment }: { alerts: Alerts; environment: Environment },
): Alarm {
  const alarm = new CloudWatchAlarm(scope, name, {
    alarmName: `frontdesk-${name}`,
    alarmDescription: `${summary}. Runbook: ${environment.runbooksUrl}/${runbook}.md`,
    metric,
    threshold: above,
    comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
    evaluationPeriods: periods,
    datapointsToAlarm: periods,
    treatMissingData: TreatMissingData.NOT_BREACHING, // most of what is watched is silent when all is well
  });
  alarm.addAlarmAction(alerts[urgency]);
  alarm.addOkAction(alerts[urgency]);
  return alarm;
}

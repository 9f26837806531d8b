import type { ContextName, ServiceName } from '@frontdesk/contracts';

/** The pages under docs/runbooks, without `.md`. */
export const runbooks = [
  'carrier-down',
  'texts-stopped',
  'square-down',
  'model-down',
  'administration-failing',
  'queue-backing-up',
  'dead-letters',
  'poison-message',
  'rotate-a-secret',
  'restore-the-database',
  'erase-a-person',
  'offboard-a-clinic',
  'provider-webhook-tunnel',
  'production-checklist',
] as const;
export type Runbook = (typeof runbooks)[number];

/** What AWS measures by itself, for alarms that must work although the services are down. */
export type AwsMeasure = {
  namespace: 'AWS/SQS';
  metric: 'ApproximateAgeOfOldestMessage' | 'ApproximateNumberOfMessagesVisible';
  /** Which of a context's two queues. */
  of: 'queue' | 'deadLetterQueue';
};

/** Something that should wake or tell a person. Dashboards and alarms of every place are made from it. */
export type Alarm = {
  /** In kebab-case; unique. */
  readonly name: string;
  /** What is wrong, for the one who is woken. */
  readonly summary: string;
  /** A metric of docs/telemetry.md, by the name that the services give it. */
  readonly metric: string;
  /** Counts only series whose labels have one of these values; without it, all. */
  readonly where: Readonly<Record<string, readonly string[]>>;
  /** One alarm for each of these values of a label, each of them judged alone; `none` judges all series together. */
  readonly each:
    | { label: 'queue'; of: readonly ContextName[] }
    | { label: 'producer'; of: readonly ServiceName[] }
    | 'none';
  /**
   * How the values of one period become one: gauges by `maximum`, counters by the `sum` of their growth, histograms by the
   * `count` of what was recorded or by a percentile.
   */
  readonly statistic: 'maximum' | 'sum' | 'count' | 'p95';
  /** It rings above this, never at it. In the unit of the metric. */
  readonly above: number;
  readonly periodMinutes: number;
  /** So many periods in a row. */
  readonly periods: number;
  /** `page` wakes somebody; `ticket` waits for the morning. */
  readonly urgency: 'page' | 'ticket';
  readonly runbook: Runbook;
  /** Where AWS measures the same by itself, that is what an alarm in AWS looks at. */
  readonly aws?: AwsMeasure;
};

import { meter } from '@frontdesk/runtime';

/** Telnyx hangs up after two seconds. */
const buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2];

export type WebhookMetrics = ReturnType<typeof webhookMetrics>;

/** What ingress tells of the webhooks that it answered. */
export function webhookMetrics() {
  const answers = meter().createCounter('frontdesk_webhook_answers', {
    description: 'webhooks answered, by route and outcome',
  });
  const seconds = meter().createHistogram('frontdesk_webhook_seconds', {
    description: 'time from the first byte of a webhook until its answer',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  return {
    answered({ route, outcome }: { route: string; outcome: string }, startedMs: number): void {
      answers.add(1, { route, outcome });
      seconds.record((performance.now() - startedMs) / 1_000, { route });
    },
  };
}

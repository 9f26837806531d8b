import { meter } from '@frontdesk/runtime';

export type ApiMetrics = ReturnType<typeof apiMetrics>;

/** What the service tells of the requests that it answered. */
export function apiMetrics() {
  const answers = meter().createCounter('frontdesk_api_answers', {
    description: 'requests to the administration that were answered, by route, status and problem',
  });
  const seconds = meter().createHistogram('frontdesk_api_seconds', {
    description: 'time from a request to the administration until its answer',
    unit: 's',
    advice: { explicitBucketBoundaries: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] },
  });
  return {
    answered({ route, status, problem }: { route: string; status: number; problem: string }, startedMs: number): void {
      answers.add(1, { route, status: String(status), problem });
      seconds.record((performance.now() - startedMs) / 1_000, { route });
    },
  };
}

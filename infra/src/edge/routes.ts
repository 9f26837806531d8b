import type { publicServices } from '../network/security-groups.ts';

export type PublicService = (typeof publicServices)[number];

/** What of a service is reached from outside. */
export type Route = {
  /** Unique; the lower one is asked first. */
  readonly priority: number;
  readonly paths: readonly string[];
  readonly methods: readonly string[];
};

/**
 * Everything that the load balancer lets through; the rest is answered 404 before it reaches a task. `/health`, `/ready`
 * and `/metrics` are not among it.
 */
export const routes: Readonly<Record<PublicService, Route>> = {
  'webhook-ingress': { priority: 10, paths: ['/webhooks/*'], methods: ['GET', 'POST'] },
  api: { priority: 20, paths: ['/admin/*'], methods: ['GET', 'POST'] },
};

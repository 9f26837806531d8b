import type { Outcome, Webhook } from './webhook.ts';

/** Fewer than a commit holds, so that one request with thousands leaves room for those of others. */
const atOnce = 200;

/**
 * Takes in all webhooks of one request, each of which is stored or known by itself. Resolves once all are durable; what was
 * stored before one that could not be is a repeat when the request comes again.
 */
export async function acceptTogether(
  webhooks: readonly Webhook[],
  accept: (webhook: Webhook) => Promise<Outcome>,
): Promise<Outcome> {
  const [only] = webhooks;
  if (only !== undefined && webhooks.length === 1) return accept(only);
  const outcomes: Outcome[] = [];
  for (let from = 0; from < webhooks.length; from += atOnce) {
    outcomes.push(...(await Promise.all(webhooks.slice(from, from + atOnce).map(accept))));
  }
  // A request that tells of nothing is settled, too.
  if (outcomes.length === 0 || outcomes.includes('accepted')) return 'accepted';
  return outcomes.includes('parked') ? 'parked' : 'duplicate';
}

import { FrontdeskError } from '@frontdesk/kernel';
import type { PaymentLinks } from '@frontdesk/payments';
import { meter, withSpan } from '@frontdesk/runtime';

const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** Each call to Square as a span of the trace that asked for it, and in the metrics. */
export function tracedLinks(links: PaymentLinks): PaymentLinks {
  const seconds = meter().createHistogram('frontdesk_square_call_seconds', {
    description: 'time that Square took, by what was asked and what came of it',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  const call = <T>(operation: string, attributes: Record<string, string>, ask: () => Promise<T>): Promise<T> => {
    const timed = async () => {
      const startedMs = performance.now();
      let outcome = 'done';
      try {
        return await ask();
      } catch (error) {
        outcome = outcomeOf(error);
        throw error;
      } finally {
        seconds.record((performance.now() - startedMs) / 1_000, { operation, outcome });
      }
    };
    return withSpan(`square ${operation}`, { 'peer.service': 'square', ...attributes }, timed, 'client');
  };
  return {
    create: (account, link) => call('create link', { 'deposit.id': link.depositId }, () => links.create(account, link)),
    delete: (account, linkId) => call('delete link', { 'square.link.id': linkId }, () => links.delete(account, linkId)),
    order: (account, orderId) =>
      call('read order', { 'square.order.id': orderId }, () => links.order(account, orderId)),
  };
}

/** `refused` is Square's final word about one request; `failed` says that Square itself is unwell. */
function outcomeOf(error: unknown): 'refused' | 'failed' {
  return error instanceof FrontdeskError && (error.kind === 'permanent' || error.kind === 'not-found')
    ? 'refused'
    : 'failed';
}

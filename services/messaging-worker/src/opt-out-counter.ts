import { meter } from '@frontdesk/runtime';

/** Wishes for no more texts, by how they came to be known. Ingress counts those that people write. */
export function optOutCounter() {
  return meter().createCounter('frontdesk_messaging_opt_outs', {
    description: 'wishes for no more texts, by how they came to be known',
  });
}

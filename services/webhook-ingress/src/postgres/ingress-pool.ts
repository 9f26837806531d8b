import { createPool, keyLookUps } from '@frontdesk/db';
import type pg from 'pg';

/** The connections through which webhooks are stored. Two lanes use one each. */
export function createIngressPool({
  url,
  statementTimeoutMs,
  max = 6,
}: {
  url: string;
  statementTimeoutMs: number;
  max?: number;
}): pg.Pool {
  return createPool({
    url,
    role: 'frontdesk_webhook_ingress',
    max,
    // What takes longer than the sender waits has no value and must not hold up the others.
    statementTimeoutMs,
    // One plan for each statement, made once, with its joins in the order in which they are written: planning a batch takes
    // longer than running it.
    settings: {
      ...keyLookUps,
      plan_cache_mode: 'force_generic_plan',
      from_collapse_limit: '1',
      join_collapse_limit: '1',
    },
  });
}

import { createPool } from '@frontdesk/db';
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
    // What does not depend on each other travels together: a batch is three trips to the server, not seven.
    pipeline: true,
    // Every statement here finds a few rows by their keys, in the order in which its joins are written. Other plans look
    // cheaper while tables are small or not yet analyzed, and would read all people of a clinic once they are not.
    settings: {
      enable_seqscan: 'off',
      enable_hashjoin: 'off',
      enable_mergejoin: 'off',
      from_collapse_limit: '1',
      join_collapse_limit: '1',
    },
  });
}

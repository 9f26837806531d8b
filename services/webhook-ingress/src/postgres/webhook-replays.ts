import { Conflict, type Id } from '@frontdesk/kernel';
import type pg from 'pg';
import type { Addressed, Outcome } from '../acceptance/webhook.ts';

/** A stored webhook that operators want taken in again. */
export type WebhookReplay = {
  number: number;
  /** Take it in although it was taken in before. */
  again: boolean;
  effects: 'withheld' | 'allowed';
  /** The stored webhook. */
  id: Id;
  /** Null when no clinic was found for it. */
  orgId: Id | null;
  provider: string;
  kind: string;
  externalId: string;
  payload: unknown;
  attemptId: Id | null;
  verifiedAt: Date;
};

export async function dueWebhookReplays(pool: pg.Pool, most: number): Promise<WebhookReplay[]> {
  const { rows } = await pool.query<WebhookReplay>({
    name: 'due-webhook-replays',
    text: `
      select number::int, again, effects, id, org_id as "orgId", provider, kind, external_id as "externalId", payload,
        attempt_id as "attemptId", verified_at as "verifiedAt"
      from due_webhook_replays($1)`,
    values: [most],
  });
  return rows;
}

/**
 * Notes what became of a replay, in its own transaction or in that of its effects.
 * @throws Conflict when another instance was faster, so that nothing happens twice
 */
export async function settleReplay(
  client: Pick<pg.ClientBase, 'query'>,
  number: number,
  outcome: Outcome | 'unreadable',
): Promise<void> {
  const { rowCount } = await client.query({
    name: 'settle-webhook-replay',
    text: 'update webhook_replays set done_at = clock_timestamp(), outcome = $2 where number = $1 and done_at is null',
    values: [number, outcome],
  });
  if (rowCount !== 1) throw new Conflict(`replay ${number} of a webhook was done by another instance`);
}

/** Gives webhooks without a clinic to the clinics found for them now, and returns the ids of those that had none. */
export async function adoptWebhooks(client: pg.ClientBase, webhooks: readonly Addressed[]): Promise<Set<Id>> {
  const { rows } = await client.query<{ id: Id; adopted: boolean }>({
    name: 'adopt-webhooks',
    text: `
      select w.id, adopt_webhook(w.id, w.clinic) as adopted
      from unnest($1::uuid[], $2::uuid[]) as w (id, clinic)`,
    values: [webhooks.map(({ id }) => id), webhooks.map(({ clinic }) => clinic.orgId)],
  });
  return new Set(rows.filter(({ adopted }) => adopted).map(({ id }) => id));
}

import { toDate, type OperatorDatabase } from '@frontdesk/db';
import { newId, NotFound, type Clock } from '@frontdesk/kernel';
import { listWebhooks, type StoredWebhook } from './list-webhooks.ts';

/** What a replay of a webhook came to; null outcome while ingress has not taken it in. */
export type WebhookReplayState = {
  number: number;
  webhookId: string;
  again: boolean;
  effects: 'withheld' | 'allowed';
  requestedBy: string;
  requestedAt: string;
  outcome: 'accepted' | 'duplicate' | 'parked' | 'unreadable' | null;
};

/** What a replay of a webhook would do. */
export type PlannedWebhook = StoredWebhook & {
  /** How it counts when it is taken in again, in words. */
  takenIn: string;
  /** What may leave the house because of it, in words. */
  leaves: string;
};

export type WebhookReplayMode = { again: boolean; effects: 'withheld' | 'allowed' };

/** Says what a replay of these webhooks would do. */
export function planWebhookReplay(
  webhooks: readonly StoredWebhook[],
  { again, effects }: WebhookReplayMode,
): PlannedWebhook[] {
  return webhooks.map((webhook) => {
    if (webhook.orgId === null) {
      const takenIn = 'for the clinic that has its number or merchant by now; parked again while there is none';
      return { ...webhook, takenIn, leaves: leaves(effects) };
    }
    if (again) return { ...webhook, takenIn: 'although it was taken in before', leaves: leaves(effects) };
    return { ...webhook, takenIn: 'a duplicate: it was taken in before', leaves: 'nothing' };
  });
}

function leaves(effects: WebhookReplayMode['effects']): string {
  return effects === 'allowed'
    ? 'whatever a webhook that comes now would cause: texts, questions to the model, links of Square'
    : 'nothing: a text in it is stored as settled, and all that follows is marked as withheld';
}

/**
 * Asks ingress to take stored webhooks in again, which it does within seconds.
 * @throws NotFound when one of them is not stored
 */
export async function requestWebhookReplay(
  database: OperatorDatabase,
  { ids, again, effects, operator }: WebhookReplayMode & { ids: readonly string[]; operator: string },
  clock: Clock,
): Promise<number[]> {
  const webhooks = await listWebhooks(database, { ids }, ids.length);
  const missing = ids.filter((id) => !webhooks.some((webhook) => webhook.id === id));
  if (missing.length > 0) throw new NotFound(`no webhook is stored as ${missing.join(', ')}`);
  const now = toDate(clock());
  return database.inTransaction(async (tx) => {
    const rows = await tx.search<{ number: number }>(
      `insert into webhook_replays (webhook_event_id, requested_by, again, effects, requested_at)
       select id, $2, $3, $4, $5 from unnest($1::uuid[]) with ordinality as w (id, n) order by n
       returning number::int`,
      [ids, operator, again, effects, now],
    );
    for (const { id, orgId } of webhooks) {
      if (orgId === null) continue;
      await tx.$executeRaw`
        insert into audit_log (org_id, id, actor, action, subject_type, subject_id, details, at)
        values (${orgId}::uuid, ${newId()}::uuid, ${`operator:${operator}`}, 'webhook.replay-requested', 'webhook', ${id},
          jsonb_build_object('again', ${again}::boolean, 'effects', ${effects}::text), ${now})`;
    }
    return rows.map(({ number }) => number);
  });
}

type Row = Omit<WebhookReplayState, 'requestedAt'> & { requestedAt: Date };

/** How far these replays are. */
export async function webhookReplays(
  database: OperatorDatabase,
  numbers: readonly number[],
): Promise<WebhookReplayState[]> {
  const rows = await database.query<Row>`
    select number::int, webhook_event_id as "webhookId", again, effects, requested_by as "requestedBy",
      requested_at as "requestedAt", outcome
    from webhook_replays where number = any (${numbers}::bigint[]) order by number`;
  return rows.map(asState);
}

/** The replays of these webhooks, oldest first. */
export async function replaysOf(database: OperatorDatabase, ids: readonly string[]): Promise<WebhookReplayState[]> {
  const rows = await database.query<Row>`
    select number::int, webhook_event_id as "webhookId", again, effects, requested_by as "requestedBy",
      requested_at as "requestedAt", outcome
    from webhook_replays where webhook_event_id = any (${ids}::uuid[]) order by number`;
  return rows.map(asState);
}

function asState(row: Row): WebhookReplayState {
  return { ...row, requestedAt: row.requestedAt.toISOString() };
}

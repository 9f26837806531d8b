import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id } from '@frontdesk/kernel';
import { moveSender, type Sender, type SenderEvent, type SenderStep } from '../whatsapp/sender.ts';

type Which = { orgId: Id; id: Id };

/**
 * Moves a sender on from what it was seen as. False when it is something else by now: then whoever moved it knows better.
 */
export async function moveOn(
  tx: TenantTransaction,
  seen: Pick<Sender, 'id' | 'state' | 'step'> & { orgId: Id },
  to: { event?: SenderEvent; step?: SenderStep; reason?: string; now: Temporal.Instant },
): Promise<boolean> {
  const { orgId, id, state, step } = seen;
  const next = to.event === undefined ? state : moveSender(state, to.event);
  if (next === null) return false;
  const moved = await tx.$executeRaw`
    update whatsapp_senders set state = ${next}, step = ${to.step ?? step}, reason = ${to.reason ?? null},
      state_at = case when state = ${next} then state_at else ${toDate(to.now)} end
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = ${state} and step = ${step}`;
  return moved === 1;
}

/** Keeps what the provider says of a sender that works. */
export async function noteHealth(
  tx: TenantTransaction,
  {
    orgId,
    id,
    ...said
  }: Which & Pick<Sender, 'displayName' | 'quality' | 'textsPerSecond' | 'peoplePerDay' | 'tokenExpiresAt'>,
): Promise<void> {
  await tx.$executeRaw`
    update whatsapp_senders set display_name = coalesce(${said.displayName}, display_name), quality = ${said.quality},
      texts_per_second = ${said.textsPerSecond}::real, people_per_day = ${said.peoplePerDay}::int,
      token_expires_at = ${said.tokenExpiresAt === null ? null : toDate(said.tokenExpiresAt)}::timestamptz
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state in ('connecting', 'online')`;
}

/** Forgets what connected us to a sender. */
export async function forgetSecrets(tx: TenantTransaction, { orgId, id }: Which): Promise<void> {
  await tx.$executeRaw`
    update whatsapp_senders set token = null, token_key_id = null, token_expires_at = null, pin = null, pin_key_id = null
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** Whether any clinic still has a number in the business account. */
export async function isAccountInUse(tx: TenantTransaction, wabaId: string): Promise<boolean> {
  const [row] = await tx.$queryRaw<{ used: boolean }[]>`select whatsapp_account_in_use(${wabaId}) as used`;
  return row?.used === true;
}

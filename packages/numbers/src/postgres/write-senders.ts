import { toDate, type TenantTransaction } from '@frontdesk/db';
import type { Id, SealedToken } from '@frontdesk/kernel';
import { statesBefore, type Sender } from '../whatsapp/sender.ts';

type At = { orgId: Id; id: Id; now: Temporal.Instant };

export type NewSender = At &
  Pick<Sender, 'locationId' | 'provider' | 'number' | 'displayName' | 'phoneNumberId' | 'wabaId'>;

/** Writes a sender that is to be connected. False when a live one has the number, which may be another clinic's. */
export async function insertSender(tx: TenantTransaction, sender: NewSender): Promise<boolean> {
  const { orgId, id, locationId, provider, number, displayName, phoneNumberId, wabaId, now } = sender;
  const written = await tx.$executeRaw`
    insert into whatsapp_senders (org_id, id, location_id, provider, e164, display_name, phone_number_id, waba_id,
      state, created_at, state_at)
    values (${orgId}::uuid, ${id}::uuid, ${locationId}::uuid, ${provider}, ${number}, ${displayName},
      ${phoneNumberId}, ${wabaId}, 'connecting', ${toDate(now)}, ${toDate(now)})
    on conflict do nothing`;
  return written === 1;
}

/**
 * Begins anew with a sender that is there: what failed is connecting again, what is online stays so.
 * @throws a unique violation when another clinic has the number by now
 */
export async function restartSender(
  tx: TenantTransaction,
  sender: At & Pick<NewSender, 'locationId' | 'displayName' | 'phoneNumberId' | 'wabaId'>,
): Promise<void> {
  const { orgId, id, locationId, displayName, phoneNumberId, wabaId, now } = sender;
  await tx.$executeRaw`
    update whatsapp_senders set location_id = ${locationId}::uuid, step = 'asked', reason = null,
      display_name = coalesce(${displayName}, display_name), waba_id = coalesce(${wabaId}, waba_id),
      phone_number_id = coalesce(${phoneNumberId}, phone_number_id),
      state_at = case when state = 'failed' then ${toDate(now)} else state_at end,
      state = case when state = 'failed' then 'connecting' else state end
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = any (${statesBefore('asked-again')}::text[])`;
}

/** Keeps what connects us to a sender at Meta. Without a PIN the one that is there stays. */
export async function keepSecrets(
  tx: TenantTransaction,
  secrets: Pick<At, 'orgId' | 'id'> & {
    token: SealedToken;
    expiresAt: Temporal.Instant | null;
    pin: SealedToken | null;
  },
): Promise<void> {
  const { orgId, id, token, expiresAt, pin } = secrets;
  await tx.$executeRaw`
    update whatsapp_senders set token = ${token.sealed}, token_key_id = ${token.keyId},
      token_expires_at = ${expiresAt === null ? null : toDate(expiresAt)}::timestamptz
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  if (pin === null) return;
  await tx.$executeRaw`
    update whatsapp_senders set pin = ${pin.sealed}, pin_key_id = ${pin.keyId}
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
}

/** The owner wants it gone: nothing leaves from it any more, and the number is free. False: it is disconnected already. */
export async function disconnectSender(tx: TenantTransaction, { orgId, id, now }: At): Promise<boolean> {
  const gone = await tx.$executeRaw`
    update whatsapp_senders set state = 'disconnected', reason = null, state_at = ${toDate(now)}
    where org_id = ${orgId}::uuid and id = ${id}::uuid and state = any (${statesBefore('disconnect')}::text[])`;
  return gone === 1;
}

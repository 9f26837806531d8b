import { toInstant, type TenantTransaction } from '@frontdesk/db';
import type { Id, PhoneNumber, SealedToken } from '@frontdesk/kernel';
import type { Sender } from '../whatsapp/sender.ts';

type SenderRow = Omit<Sender, 'tokenExpiresAt' | 'createdAt' | 'stateAt'> & {
  tokenExpiresAt: Date | null;
  createdAt: Date;
  stateAt: Date;
};

const asSender = ({ tokenExpiresAt, createdAt, stateAt, ...row }: SenderRow): Sender => ({
  ...row,
  tokenExpiresAt: tokenExpiresAt === null ? null : toInstant(tokenExpiresAt),
  createdAt: toInstant(createdAt),
  stateAt: toInstant(stateAt),
});

/** The clinic's senders, newest first, from before an id on. */
export async function listSenders(
  tx: TenantTransaction,
  { orgId, before, atMost }: { orgId: Id; before: Id | null; atMost: number },
): Promise<Sender[]> {
  return readSenders(tx, { orgId, id: null, before, atMost });
}

export async function findSender(tx: TenantTransaction, { orgId, id }: { orgId: Id; id: Id }): Promise<Sender | null> {
  const [sender] = await readSenders(tx, { orgId, id, before: null, atMost: 1 });
  return sender ?? null;
}

async function readSenders(
  tx: TenantTransaction,
  { orgId, id, before, atMost }: { orgId: Id; id: Id | null; before: Id | null; atMost: number },
): Promise<Sender[]> {
  const rows = await tx.$queryRaw<SenderRow[]>`
    select id, location_id as "locationId", provider, e164 as number, display_name as "displayName",
      phone_number_id as "phoneNumberId", waba_id as "wabaId", state, step, reason, quality,
      texts_per_second as "textsPerSecond", people_per_day as "peoplePerDay", token_expires_at as "tokenExpiresAt",
      created_at as "createdAt", state_at as "stateAt"
    from whatsapp_senders
    where org_id = ${orgId}::uuid and (${id}::uuid is null or id = ${id}::uuid)
      and (${before}::uuid is null or id < ${before}::uuid)
    order by id desc limit ${atMost}::int`;
  return rows.map(asSender);
}

/** The clinic's sender of a number that is not disconnected, the newest if there are several. */
export async function senderOfNumber(
  tx: TenantTransaction,
  { orgId, number }: { orgId: Id; number: PhoneNumber },
): Promise<Pick<Sender, 'id' | 'provider' | 'state'> | null> {
  const [row] = await tx.$queryRaw<Pick<Sender, 'id' | 'provider' | 'state'>[]>`
    select id, provider, state from whatsapp_senders
    where org_id = ${orgId}::uuid and e164 = ${number} and state <> 'disconnected'
    order by state <> 'failed' desc, created_at desc limit 1`;
  return row ?? null;
}

/** What connects us to a sender at Meta. */
export type SenderSecrets = { token: SealedToken; pin: SealedToken };

/** Null: they are gone, or it never had any. */
export async function secretsOfSender(
  tx: TenantTransaction,
  { orgId, id }: { orgId: Id; id: Id },
): Promise<SenderSecrets | null> {
  const [row] = await tx.$queryRaw<SecretsRow[]>`
    select token, token_key_id, pin, pin_key_id from whatsapp_senders
    where org_id = ${orgId}::uuid and id = ${id}::uuid and token is not null and pin is not null`;
  if (row === undefined) return null;
  return {
    token: { sealed: row.token, keyId: row.token_key_id },
    pin: { sealed: row.pin, keyId: row.pin_key_id },
  };
}

type SecretsRow = { token: Buffer; token_key_id: string; pin: Buffer; pin_key_id: string };

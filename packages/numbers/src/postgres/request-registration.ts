import { RegistrationDueV1, type CarrierName } from '@frontdesk/contracts';
import { appendEvent, toDate, type TenantTransaction } from '@frontdesk/db';
import { Conflict, type Id } from '@frontdesk/kernel';
import type { RegistrationSubject } from '../registration.ts';

type Ring = { orgId: Id; id: Id; correlationId: string; now: Temporal.Instant };

/**
 * Asks for a look at a registration that is new, in the transaction that writes the row of its subject.
 * @throws Conflict when the clinic has left: nothing is brought about for it any more
 */
export async function requestRegistration(
  tx: TenantTransaction,
  registration: Ring & { subject: RegistrationSubject; provider: CarrierName; externalId?: string },
): Promise<void> {
  const { orgId, id, subject, provider, externalId = null, now } = registration;
  const written = await tx.$executeRaw`
    insert into registrations (org_id, id, subject, provider, external_id, due_at, created_at)
    select o.id, ${id}::uuid, ${subject}, ${provider}, ${externalId}, ${toDate(now)}::timestamptz, ${toDate(now)}::timestamptz
    from organizations o where o.id = ${orgId}::uuid and o.left_at is null`;
  if (written === 0) throw new Conflict(hasLeft);
  await announce(tx, registration);
}

const hasLeft = 'The clinic has left the desk: nothing is ordered or registered for it any more.';

/** Before what is registered already is asked for again. @throws Conflict when the clinic has left */
export async function assertWithDesk(tx: TenantTransaction, orgId: Id): Promise<void> {
  const [left] = await tx.$queryRaw<object[]>`
    select from organizations where id = ${orgId}::uuid and left_at is not null`;
  if (left !== undefined) throw new Conflict(hasLeft);
}

/** Asks for another look at a registration. Returns false when the clinic has none of this id. */
export async function ringRegistration(tx: TenantTransaction, ring: Ring): Promise<boolean> {
  const { orgId, id, now } = ring;
  const rung = await tx.$executeRaw`
    update registrations set due_at = ${toDate(now)}, rung = rung + 1, tries = 0
    where org_id = ${orgId}::uuid and id = ${id}::uuid`;
  if (rung === 0) return false;
  await announce(tx, ring);
  return true;
}

async function announce(tx: TenantTransaction, { orgId, id, correlationId, now }: Ring): Promise<void> {
  await appendEvent(tx, {
    definition: RegistrationDueV1,
    orgId,
    data: { registrationId: id, news: null },
    occurredAt: now,
    correlationId,
    causationId: null,
  });
}

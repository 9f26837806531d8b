import { toDate, toInstant, type PrismaTransaction } from '@frontdesk/db';
import { Conflict, money, present, type Id, type Money } from '@frontdesk/kernel';
import { nextState, type Deposit, type DepositEvent, type DepositState } from '../deposit.ts';
import type { PaymentLink } from '../ports.ts';

export type NewDeposit = {
  orgId: Id;
  /** Also the key that makes repeats of its link one link. */
  id: Id;
  appointment: { id: Id; contactId: Id; conversationId: Id; locationId: Id };
  amount: Money;
  now: Temporal.Instant;
};

/** Writes down that a deposit is wanted, with the key of its link, before anybody is asked for a link. */
export async function requestDeposit(tx: PrismaTransaction, wanted: NewDeposit): Promise<void> {
  const { orgId, id, appointment, amount, now } = wanted;
  await tx.deposit.create({
    data: {
      orgId,
      id,
      appointmentId: appointment.id,
      contactId: appointment.contactId,
      conversationId: appointment.conversationId,
      locationId: appointment.locationId,
      amountCents: amount.cents,
      currency: amount.currency,
      state: 'requested' satisfies DepositState,
      idempotencyKey: id,
      attempts: 0,
      nextAttemptAt: toDate(now),
      createdAt: toDate(now),
    },
  });
}

export async function depositById(tx: PrismaTransaction, orgId: Id, id: Id): Promise<Deposit | null> {
  return toDeposit(await tx.deposit.findUnique({ where: { orgId_id: { orgId, id } } }));
}

export async function depositOfAppointment(
  tx: PrismaTransaction,
  orgId: Id,
  appointmentId: Id,
): Promise<Deposit | null> {
  return toDeposit(await tx.deposit.findUnique({ where: { orgId_appointmentId: { orgId, appointmentId } } }));
}

export async function depositOfOrder(tx: PrismaTransaction, orgId: Id, orderId: string): Promise<Deposit | null> {
  return toDeposit(await tx.deposit.findFirst({ where: { orgId, squareOrderId: orderId } }));
}

/** Moves the deposit. @throws Conflict when the event is not allowed in its state */
export async function moveDeposit(
  tx: PrismaTransaction,
  deposit: Deposit,
  event: DepositEvent,
  payment?: { paymentId: string; paidAt: Temporal.Instant },
): Promise<void> {
  const state = nextState(deposit.state, event);
  if (state === null)
    throw new Conflict(`${event} means nothing to the deposit ${deposit.id}, which is ${deposit.state}`);
  await tx.deposit.update({
    where: { orgId_id: { orgId: deposit.orgId, id: deposit.id }, state: deposit.state },
    data: {
      state,
      nextAttemptAt: null,
      ...(payment === undefined ? {} : { squarePaymentId: payment.paymentId, paidAt: toDate(payment.paidAt) }),
    },
  });
}

/** Stores the link that was made. @throws Conflict when none is wanted any more */
export async function storeLink(
  tx: PrismaTransaction,
  deposit: Deposit,
  { link, expiresAt }: { link: PaymentLink; expiresAt: Temporal.Instant },
): Promise<Deposit> {
  await moveDeposit(tx, deposit, 'link-made');
  const row = await tx.deposit.update({
    where: { orgId_id: { orgId: deposit.orgId, id: deposit.id } },
    data: {
      squareOrderId: link.orderId,
      squareLinkId: link.linkId,
      linkUrl: link.url,
      expiresAt: toDate(expiresAt),
    },
  });
  return present(toDeposit(row), 'the deposit');
}

/** Counts a try to make the link and says when the next may begin, should this one never answer. */
export async function scheduleAttempt(
  tx: PrismaTransaction,
  { orgId, id }: Deposit,
  { nextAttemptAt, counts }: { nextAttemptAt: Temporal.Instant; counts: boolean },
): Promise<void> {
  await tx.deposit.update({
    where: { orgId_id: { orgId, id } },
    data: { nextAttemptAt: toDate(nextAttemptAt), ...(counts ? { attempts: { increment: 1 } } : {}) },
  });
}

export async function noteDelayTold(
  tx: PrismaTransaction,
  { orgId, id }: Deposit,
  at: Temporal.Instant,
): Promise<void> {
  await tx.deposit.update({ where: { orgId_id: { orgId, id } }, data: { toldOfDelayAt: toDate(at) } });
}

type Row = NonNullable<Awaited<ReturnType<PrismaTransaction['deposit']['findUnique']>>>;

function toDeposit(row: Row | null): Deposit | null {
  if (row === null) return null;
  return {
    id: row.id,
    orgId: row.orgId,
    appointmentId: row.appointmentId,
    contactId: row.contactId,
    conversationId: row.conversationId,
    locationId: row.locationId,
    amount: money(row.amountCents, row.currency),
    state: row.state as DepositState, // a check constraint keeps it one of these
    idempotencyKey: row.idempotencyKey,
    orderId: row.squareOrderId,
    linkId: row.squareLinkId,
    linkUrl: row.linkUrl,
    attempts: row.attempts,
    nextAttemptAt: row.nextAttemptAt === null ? null : toInstant(row.nextAttemptAt),
    toldOfDelayAt: row.toldOfDelayAt === null ? null : toInstant(row.toldOfDelayAt),
    expiresAt: row.expiresAt === null ? null : toInstant(row.expiresAt),
    paymentId: row.squarePaymentId,
    createdAt: toInstant(row.createdAt),
  };
}

import { toDate, type PrismaTransaction } from '@frontdesk/db';
import { newId, type Id, type Money } from '@frontdesk/kernel';

/** Enters money that the provider captured: what came, not what was asked. Each payment is entered once. */
export async function enterCapture(
  tx: PrismaTransaction,
  capture: { orgId: Id; depositId: Id; paymentId: string; amount: Money; at: Temporal.Instant },
): Promise<void> {
  await tx.ledgerEntry.createMany({
    data: {
      orgId: capture.orgId,
      id: newId(),
      depositId: capture.depositId,
      kind: 'captured',
      amountCents: capture.amount.cents,
      currency: capture.amount.currency,
      squarePaymentId: capture.paymentId,
      occurredAt: toDate(capture.at),
    },
    skipDuplicates: true,
  });
}

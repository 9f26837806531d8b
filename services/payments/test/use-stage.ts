import { afterAll, beforeAll, beforeEach } from '@jest/globals';
import { BookingRequestedV1, SquarePaymentReportedV1, type DataOf } from '@frontdesk/contracts';
import { newId, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { scriptedSquare, type ScriptedSquare } from './scripted-square.ts';
import { lookAt, openDesk, type Clinic, type TestDesk } from './stage.ts';

export type Report = DataOf<typeof SquarePaymentReportedV1>;

/** One database for the file; for each case a clinic, a Square and a desk. Sweeps see all clinics, so each is alone. */
export function useStage() {
  let server: TestDatabase;
  let clinic: Clinic;
  let square: ScriptedSquare;
  let desk: TestDesk;
  const fresh = async () => {
    // Evidence of consent is kept from being emptied, which only this would do.
    await server.owner.query(
      'begin; set local session_replication_role = replica; truncate organizations cascade; commit',
    );
    clinic = await createTestClinic(server.owner);
    square = scriptedSquare();
    desk = openDesk(server, square.port);
  };
  beforeAll(async () => {
    server = await createTestDatabase();
  });
  afterAll(() => server.close());
  beforeEach(fresh);
  return {
    get server() {
      return server;
    },
    get clinic() {
      return clinic;
    },
    get square() {
      return square;
    },
    get desk() {
      return desk;
    },
    fresh,
    /** From now on the clinic is another one, without a Square account. */
    async withoutAccount() {
      clinic = await createTestClinic(server.owner, { depositAccount: null });
    },
    /** The patient agreed to the held time. */
    agree: (appointmentId: Id, patientType: 'new' | 'returning' = 'new') =>
      desk.deliver(BookingRequestedV1, clinic.id, { appointmentId, patientType }),
    /** Square reports that payment P1 of the one link completed, or what the test says instead. */
    report: (change: Partial<Report> = {}) =>
      desk.deliver<Report>(SquarePaymentReportedV1, clinic.id, {
        webhookEventId: newId(),
        paymentId: 'P1',
        orderId: square.links.size === 1 ? square.only().orderId : 'O-unknown',
        status: 'COMPLETED',
        amountCents: 5000,
        currency: 'USD',
        updatedAt: '2026-11-23T15:05:00Z',
        ...change,
      }),
    look: (appointmentId: Id) => lookAt(server, clinic.id, appointmentId),
  };
}

import type { CarrierName } from '@frontdesk/contracts';
import type { TenantTransaction } from '@frontdesk/db';
import { newId, nullLogger, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase } from '@frontdesk/testkit';
import { makeLookAfter, type Advance, type LookOutcome, type RegistrationSubject } from '../src/index.ts';
import { requestRegistration } from '../src/postgres/index.ts';

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A database with clinics, a clock that is set by hand, and the engine that looks after registrations. */
export async function openStage() {
  const server = await createTestDatabase();
  const database = server.as('frontdesk_messaging_worker');
  const administration = server.as('frontdesk_api');
  let now = Temporal.Instant.from('2026-11-20T18:00:00Z');
  const clock = () => now;
  const inTenant = <T>(orgId: Id, work: (tx: TenantTransaction) => Promise<T>) => database.inTenant(orgId, work);
  const tasks: { orgId: Id; reason: string; causeKey: string }[] = [];
  const openTask = async (_tx: unknown, task: { orgId: Id; reason: string; causeKey: string }) => {
    if (!tasks.some(({ causeKey }) => causeKey === task.causeKey)) tasks.push(task);
  };
  const closeTasks = async (_tx: unknown, { causes, but }: { causes: string; but?: string }) => {
    const kept = tasks.filter(({ causeKey }) => causeKey === but || !causeKey.startsWith(causes));
    tasks.splice(0, tasks.length, ...kept);
  };
  const rows = async <Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> =>
    (await server.owner.query<Row>(sql, values)).rows;

  return {
    server,
    inTenant,
    tasks,
    openTask,
    closeTasks,
    rows,
    clock,
    administration,
    clinic: () => createTestClinic(server.owner),
    pass(time: Temporal.DurationLike) {
      now = now.add(time);
    },
    /** One process of several that look after the same rows. */
    engine(advances: Partial<Record<RegistrationSubject, Advance>>, lease: Temporal.DurationLike = { minutes: 5 }) {
      const armed: Temporal.Instant[] = [];
      const outcomes: LookOutcome[] = [];
      const lookAfter = makeLookAfter({
        inTenant,
        advances,
        lease: Temporal.Duration.from(lease),
        retry: { baseMs: 1_000, capMs: 600_000 },
        arm: async (_row, dueAt) => void armed.push(dueAt),
        openTask,
        closeTasks,
        onLook: ({ outcome }) => void outcomes.push(outcome),
        clock,
        random: () => 0.5,
        logger: nullLogger,
      });
      return { lookAfter, armed, outcomes };
    },
    async register(orgId: Id, subject: RegistrationSubject = 'number-order', provider: CarrierName = 'telnyx') {
      const id = newId();
      await inTenant(orgId, (tx) => requestRegistration(tx, { orgId, id, subject, provider, correlationId: id, now }));
      return { orgId, id };
    },
    async registration(id: Id) {
      const [row] = await rows<{
        due_at: Date | null;
        tries: number;
        last_error: string | null;
        leased_until: Date | null;
        news: unknown;
        external_id: string | null;
      }>('select due_at, tries, last_error, leased_until, news, external_id from registrations where id = $1', id);
      return row;
    },
    close: () => server.close(),
  };
}

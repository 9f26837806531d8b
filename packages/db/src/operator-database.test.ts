import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, withEffectsWithheld, type Id } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, createTestPerson, type TestDatabase } from '@frontdesk/testkit';
import type { OperatorDatabase } from './operator-database.ts';
import type { TenantTransaction } from './tenant-transaction.ts';

let server: TestDatabase;
let operator: OperatorDatabase;
let orgId: Id;
let person: Awaited<ReturnType<typeof createTestPerson>>;
beforeAll(async () => {
  server = await createTestDatabase();
  operator = server.asOperator();
  const clinic = await createTestClinic(server.owner);
  orgId = clinic.id;
  person = await createTestPerson(server.owner, clinic);
});
afterAll(() => server.close());

/** What a person wrote, is called or can be reached by, and what opens a door. */
const hidden = [
  'body from inbound_messages',
  'from_number from inbound_messages',
  'digest from inbound_messages',
  'body from outbound_messages',
  'to_number from outbound_messages',
  'phone from contacts',
  'clinic_number from conversations',
  'first_name from leads',
  'from_number from calls',
  'payload from webhook_events',
  'response from turn_steps',
  'reason from staff_tasks',
  'wording from consent_events',
  'phone from opt_outs',
  'link_url from deposits',
  'name from organizations',
  '* from staff_members',
  '* from deposit_accounts',
  '* from phone_numbers',
  '* from clinic_facts',
];

describe('an operator', () => {
  it('sees the rows of all clinics', async () => {
    const other = await createTestClinic(server.owner);
    await createTestPerson(server.owner, other);
    const seen = await operator.query<{ org_id: Id }>`select distinct org_id from contacts`;
    expect(seen.map(({ org_id: id }) => id)).toEqual(expect.arrayContaining([orgId, other.id]));
  });

  it.each(hidden)('cannot read %s', async (what) => {
    await expect(operator.search(`select ${what} limit 1`, [])).rejects.toThrow(/permission denied/);
  });

  it('writes events in its own name alone, and only removes those', async () => {
    const append = (producer: string) =>
      operator.search(
        `insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope)
         values ($1, $2, 'messaging.fifo', 'g', 0, $3, '{}')`,
        [orgId, producer, newId()],
      );
    await append('operations');
    await expect(append('payments')).rejects.toThrow(/row-level security/);
    await expect(
      operator.inTransaction(async (tx) => {
        await tx.search("select set_config('app.org_ids', $1, true)", [orgId]);
        await tx.search(
          "insert into outbox (org_id, queue, group_id, shard, event_id, envelope) values ($1, 'messaging.fifo', 'g', 0, $2, '{}')",
          [orgId, newId()],
        );
      }),
    ).rejects.toThrow(/row-level security/);
    await server.owner.query(
      `insert into outbox (org_id, producer, queue, group_id, shard, event_id, envelope)
       values ($1, 'payments', 'messaging.fifo', 'g', 0, $2, '{}')`,
      [orgId, newId()],
    );
    await operator.search('delete from outbox', []);
    expect((await server.owner.query('select producer from outbox')).rows).toEqual([{ producer: 'payments' }]);
    await server.owner.query('delete from outbox');
  });

  it.each(['update outbound_messages set state = state', 'delete from event_log', 'delete from audit_log'])(
    'may not: %s',
    async (statement) => {
      await expect(operator.search(statement, [])).rejects.toThrow(/permission denied/);
    },
  );
});

describe('a transaction of a replay whose effects are withheld', () => {
  const writeText = async (tx: TenantTransaction) => {
    await tx.$executeRaw`
      insert into outbound_messages (org_id, id, conversation_id, contact_id, from_number, to_number, class, kind, body,
        cause_key, next_attempt_at)
      values (${orgId}::uuid, ${newId()}::uuid, ${person.conversationId}::uuid, ${person.contactId}::uuid, '+1', '+1',
        'reply', 'answer', 'Hello', ${newId()}, now())`;
    await tx.$executeRaw`
      insert into outbox (org_id, queue, group_id, shard, event_id, envelope)
      values (${orgId}::uuid, 'messaging.fifo', 'g', 0, ${newId()}::uuid, '{"id": "x"}')`;
  };
  const written = async () => {
    const texts = await server.owner.query('select state, next_attempt_at is null as idle from outbound_messages');
    const events = await server.owner.query("select envelope -> 'replay' as replay from outbox");
    await server.owner.query('delete from outbound_messages');
    await server.owner.query('delete from outbox');
    return { texts: texts.rows, events: events.rows };
  };

  it.each([
    { kind: 'pg', open: () => server.as('frontdesk_payments').inTenant(orgId, writeText) },
    { kind: 'Prisma', open: () => server.prismaAs('frontdesk_payments').inTenant(orgId, writeText) },
  ])('is marked by $kind: its texts never leave and its events say so', async ({ open }) => {
    await withEffectsWithheld({ number: 7 }, open);
    expect(await written()).toEqual({
      texts: [{ state: 'suppressed', idle: true }],
      events: [{ replay: { number: 7, effects: 'withheld' } }],
    });
  });

  it('leaves the next transaction of the same connection unmarked', async () => {
    const database = server.as('frontdesk_payments');
    await withEffectsWithheld({ number: 7 }, () => database.inTenant(orgId, async () => {}));
    await database.inTenant(orgId, writeText);
    expect(await written()).toEqual({ texts: [{ state: 'queued', idle: false }], events: [{ replay: null }] });
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Database } from '@frontdesk/db';
import { newId, present } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import type { Lead } from '../lead.ts';
import {
  addTags,
  findOrCreateLead,
  recordDepositAnswer,
  recordDepositAsked,
  recordDepositStatus,
  saveDetails,
} from './index.ts';

const now = Temporal.Instant.from('2026-11-20T17:00:00Z');
let server: TestDatabase;
let database: Database;
let ingress: Database;
let orgId: string;
let botox: string;
let contactId: string;

beforeAll(async () => {
  server = await createTestDatabase();
  database = server.as('frontdesk_conversation_worker');
  ingress = server.as('frontdesk_webhook_ingress');
  const clinic = await createTestClinic(server.owner);
  orgId = clinic.id;
  botox = present(clinic.services[0], 'a service').id;
});
afterAll(() => server.close());
beforeEach(async () => {
  contactId = newId();
  await ingress.inTenant(
    orgId,
    (tx) => tx.$executeRaw`
    insert into contacts (org_id, id, phone) values (${orgId}::uuid, ${contactId}::uuid, ${`+1602${contactId.slice(-7)}`})`,
  );
});

const find = (source: Lead['source'] = 'sms') =>
  database.inTenant(orgId, (tx) => findOrCreateLead(tx, { orgId, contactId, source, now }));

describe('a lead', () => {
  it('is made at the first contact and keeps where it came from', async () => {
    expect(await find('voice')).toMatchObject({
      source: 'voice',
      depositStatus: 'none',
      preferredDays: [],
      anyTime: false,
    });
    expect(await find('sms')).toMatchObject({ source: 'voice' });
  });

  it('is made once when a call and a text arrive together', async () => {
    const both = await Promise.all([find('sms'), find('voice')]);
    expect(both[0].source).toBe(both[1].source);
  });

  it('keeps what was learnt before when something else is learnt', async () => {
    await find();
    const save = (details: Parameters<typeof saveDetails>[1]['details']) =>
      database.inTenant(orgId, (tx) => saveDetails(tx, { orgId, contactId, details, now }));
    await save({ firstName: 'Jane', serviceId: botox, preferredMinutes: { from: 871, until: null } });
    await save({ patientType: 'new', preferredDays: [2, 4] });
    expect(await find()).toMatchObject({
      firstName: 'Jane',
      serviceId: botox,
      patientType: 'new',
      preferredDays: [2, 4],
      preferredFromMinute: 871,
      preferredUntilMinute: null,
    });
  });

  it('takes one answer to the question that was asked, and none to another', async () => {
    await find();
    const appointmentId = newId();
    const of = { orgId, contactId, appointmentId, now };
    const answer = (change: object) =>
      database.inTenant(orgId, (tx) => recordDepositAnswer(tx, { ...of, agreed: true, ...change }));
    expect(await answer({})).toBe(false);
    await database.inTenant(orgId, (tx) => recordDepositAsked(tx, of));
    expect(await answer({ appointmentId: newId() })).toBe(false);
    expect(await answer({})).toBe(true);
    expect(await answer({})).toBe(false);
    expect(await find()).toMatchObject({ depositStatus: 'requested', depositAskedAppointmentId: appointmentId });
  });

  it('shows where the deposit stands, but not that of a visit it no longer speaks of', async () => {
    await find();
    const of = { orgId, contactId, appointmentId: newId(), now };
    await database.inTenant(orgId, (tx) => recordDepositAsked(tx, of));
    const report = (change: object) =>
      database.inTenant(orgId, (tx) => recordDepositStatus(tx, { ...of, status: 'paid', ...change }));
    expect(await report({ appointmentId: newId(), status: 'expired' })).toBe(false);
    expect(await report({})).toBe(true);
    expect(await report({ status: 'link_sent' })).toBe(false);
    expect(await find()).toMatchObject({ depositStatus: 'paid' });
  });

  it('collects tags once each', async () => {
    await find();
    const tag = (...tags: ('price-question' | 'needs-intent')[]) =>
      database.inTenant(orgId, (tx) => addTags(tx, { orgId, contactId, tags, now }));
    await tag('price-question');
    await tag('needs-intent', 'price-question');
    expect((await find()).tags).toEqual(['needs-intent', 'price-question']);
  });
});

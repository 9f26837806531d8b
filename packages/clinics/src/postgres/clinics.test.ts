import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createOwnerDatabase, type Database } from '@frontdesk/db';
import { formatMoney, newId, present } from '@frontdesk/kernel';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import { clinicDefinitionSchema, type ClinicDefinition } from '../clinic-definition.ts';
import { depositFor } from '../clinic.ts';
import { findFacts } from './find-facts.ts';
import { loadClinic } from './load-clinic.ts';
import { openStaffTask, resolveStaffTask, staffToNotify } from './staff.ts';
import { writeClinic } from './write-clinic.ts';

let server: TestDatabase;
let database: Database;
let orgId: string;
beforeAll(async () => {
  server = await createTestDatabase();
  database = server.as('frontdesk_conversation_worker');
  orgId = (await createTestClinic(server.owner)).id;
});
afterAll(() => server.close());

describe('the facts of a clinic', () => {
  it.each([
    ['How much is Botox?', 'Botox price'],
    ['who does the injections, a doctor?', 'Who performs treatments'],
    ['What is your deposit policy?', 'Deposit'],
    ['what if I cancel late', 'Cancelling'],
    ['do you do emsculpt?', 'Emsculpt'],
    ['is parking free', 'Parking'],
    ['can I pay with my HSA card', 'Paying'],
    ['how long does botox last?', 'How long Botox lasts'],
  ])('answer %j with what is said of %s', async (question, topic) => {
    const facts = await database.inTenant(orgId, (tx) => findFacts(tx, { orgId, question }));
    expect(facts.slice(0, 2).map((fact) => fact.topic)).toContain(topic);
  });

  it.each(['', '???', 'the of and', "'; drop table clinic_facts; --", 'quantum chromodynamics'])(
    'know nothing of %j, and say so',
    async (question) => {
      expect(await database.inTenant(orgId, (tx) => findFacts(tx, { orgId, question }))).toEqual([]);
    },
  );

  it("are no other clinic's", async () => {
    const other = await createTestClinic(server.owner);
    expect(await database.inTenant(other.id, (tx) => findFacts(tx, { orgId, question: 'botox' }))).toEqual([]);
  });
});

describe('a clinic', () => {
  it('is loaded with its hours, services, deposits and numbers', async () => {
    const clinic = await database.inTenant(orgId, (tx) => loadClinic(tx, orgId));
    expect(clinic).toMatchObject({ name: 'Radiance Medspa', timeZone: 'America/Phoenix' });
    expect(clinic.locations[0]?.takesDeposits).toBe(true);
    expect(clinic.locations[0]?.hours.map(({ weekday, opens }) => `${weekday} ${opens.toString()}`)).toEqual([
      '1 09:00:00',
      '2 10:00:00',
      '3 09:00:00',
      '4 10:00:00',
      '5 09:00:00',
      '6 09:00:00',
    ]);
    const botox = present(
      clinic.services.find(({ name }) => name === 'Botox'),
      'the service',
    );
    expect(formatMoney(botox.price)).toBe('$12');
    expect(depositFor(botox, 'new')).toEqual({ cents: 5000, currency: 'USD' });
    expect(depositFor(botox, 'returning')).toBeNull();
    expect(clinic.numbers).toHaveLength(1);
  });

  it('is not found from inside another', async () => {
    const other = await createTestClinic(server.owner);
    await expect(database.inTenant(other.id, (tx) => loadClinic(tx, orgId))).rejects.toThrow(/not known/);
  });
});

describe("a clinic's own texts", () => {
  const definition = async (change: (name: string) => Partial<Record<string, unknown>>) => {
    const clinic = await createTestClinic(server.owner);
    return { clinic, parsed: clinicDefinitionSchema.safeParse({ ...clinic, ...change(clinic.name) }) };
  };
  const faultsOf = async (change: (name: string) => Partial<Record<string, unknown>>) =>
    (await definition(change)).parsed.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];

  it('are written and read, and stay when a later definition does not name them', async () => {
    const { clinic, parsed } = await definition((name) => ({
      keywordTexts: { stop: { en: `${name} here: no more texts from us. START brings them back.` } },
      missedCallText: `${name} missed your call, how can we help? Reply STOP to end texts.`,
    }));
    const owner = createOwnerDatabase({ url: server.adminUrl });
    const { keywordTexts: _texts, missedCallText: _missed, ...silent } = present(parsed.data, 'the definition');
    await owner.inTenant(clinic.id, (tx) => writeClinic(tx, present(parsed.data, 'the definition'), null));
    await owner.inTenant(clinic.id, (tx) => writeClinic(tx, silent, null));
    const { rows } = await server.owner.query('select keyword_texts from organizations where id = $1', [clinic.id]);
    expect(rows).toEqual([{ keyword_texts: parsed.data?.keywordTexts }]);
    expect((await database.inTenant(clinic.id, (tx) => loadClinic(tx, clinic.id))).missedCallWording).toContain('STOP');
    await owner.close();
  });

  it('keep what must be in them: the name, the way out or back, and a number to call for HELP', async () => {
    const words = 'we will not text you any more, bye bye';
    expect(await faultsOf((name) => ({ keywordTexts: { stop: { es: `${name}: ${words}` } } }))).toEqual([
      'keywordTexts.stop.es: it must say how texts are resumed: START',
    ]);
    expect(await faultsOf(() => ({ keywordTexts: { stop: { en: `${words}. START resumes.` } } }))).toEqual([
      'keywordTexts.stop.en: it must name the clinic, exactly as `name` does',
    ]);
    expect(await faultsOf((name) => ({ keywordTexts: { help: { en: `${name}: ask us. STOP ends texts.` } } }))).toEqual(
      ['keywordTexts.help.en: it must say how texts are stopped, STOP, and a number to call'],
    );
    expect(
      await faultsOf((name) => ({ missedCallText: `${name} missed you. Reply STOP to end it. See www.us.com` })),
    ).toEqual(['missedCallText: it must hold no link']);
  });
});

describe('writing a clinic', () => {
  const settingsOf = async (id: string) => {
    const { rows } = await server.owner.query(
      `select reminder_minutes, offer_follow_up_minutes, visit_follow_up_minutes, visit_follow_up_text
       from organizations where id = $1`,
      [id],
    );
    return Object.values(Object(rows[0]));
  };

  /** A definition that says nothing of texts around visits. */
  const silentClinic = async (): Promise<ClinicDefinition> => {
    const { reminders: _reminders, followUps: _followUps, ...clinic } = await createTestClinic(server.owner);
    return clinic;
  };

  it('sets reminders and follow-ups, and leaves those that it does not name as they are', async () => {
    const clinic = await silentClinic();
    const owner = createOwnerDatabase({ url: server.adminUrl });
    const after = async (change: Partial<ClinicDefinition>) => {
      const definition = clinicDefinitionSchema.parse({ ...clinic, ...change });
      await owner.inTenant(clinic.id, (tx) => writeClinic(tx, definition, null));
      return settingsOf(clinic.id);
    };
    expect(await after({ reminders: [2880, 120], followUps: { afterOffer: 90 } })).toEqual([
      [2880, 120],
      90,
      null,
      null,
    ]);
    const afterVisit = { minutesAfter: 60, text: 'How was it?' };
    expect(await after({ followUps: { afterVisit } })).toEqual([[2880, 120], 90, 60, 'How was it?']);
    expect(await after({})).toEqual([[2880, 120], 90, 60, 'How was it?']);
    const none = { reminders: [], followUps: { afterOffer: null, afterVisit: null } };
    expect(await after(none)).toEqual([[], null, null, null]);
    await owner.close();
  });

  it('sets the hours of texts, the hosts of links and the language, and leaves those that it does not name as they are', async () => {
    const clinic = await silentClinic();
    const owner = createOwnerDatabase({ url: server.adminUrl });
    const after = async (change: Partial<ClinicDefinition>) => {
      const definition = clinicDefinitionSchema.parse({ ...clinic, ...change });
      await owner.inTenant(clinic.id, (tx) => writeClinic(tx, definition, null));
      const { rows } = await server.owner.query(
        'select texts_from, texts_until, link_hosts, language from organizations where id = $1',
        [clinic.id],
      );
      return rows;
    };
    expect(await after({})).toEqual([
      { texts_from: '08:00:00', texts_until: '21:00:00', link_hosts: [], language: 'en' },
    ]);
    const set = [{ texts_from: '09:00:00', texts_until: '19:30:00', link_hosts: ['radiance.example'], language: 'es' }];
    expect(await after({ textHours: ['09:00', '19:30'], linkHosts: ['Radiance.example'], language: 'es' })).toEqual(
      set,
    );
    expect(await after({})).toEqual(set);
    expect(clinicDefinitionSchema.safeParse({ ...clinic, linkHosts: ['https://radiance.example/x'] }).success).toBe(
      false,
    );
    expect(clinicDefinitionSchema.safeParse({ ...clinic, textHours: ['20:00', '08:00'] }).success).toBe(false);
    await owner.close();
  });

  it('of which nothing is said about reminders has them a day and an hour ahead, and no follow-ups', async () => {
    const clinic = await silentClinic();
    const location = { ...clinic.location, number: `+1623${clinic.location.number.slice(5)}` };
    const owner = createOwnerDatabase({ url: server.adminUrl });
    const id = newId();
    await owner.inTenant(id, (tx) => writeClinic(tx, { ...clinic, id, location }, null));
    expect(await settingsOf(id)).toEqual([[1440, 60], null, null, null]);
    await owner.close();
  });

  it.each([
    { reminders: [1] },
    { reminders: [60.5] },
    { reminders: [60, 61, 62, 63, 64, 65] },
    { followUps: { afterOffer: 5 } },
    { followUps: { afterVisit: { minutesAfter: 60, text: ' ' } } },
    { followUps: { afterVisit: { minutesAfter: 60 } } },
  ])('refuses %j', async (change) => {
    const clinic = await createTestClinic(server.owner);
    expect(clinicDefinitionSchema.safeParse(clinic).success).toBe(true);
    expect(clinicDefinitionSchema.safeParse({ ...clinic, ...change }).success).toBe(false);
  });

  it('never takes a number from another clinic', async () => {
    const [definition, other] = [await createTestClinic(server.owner), await createTestClinic(server.owner)];
    const owner = createOwnerDatabase({ url: server.adminUrl });
    const taken = owner.inTenant(other.id, (tx) =>
      writeClinic(tx, { ...other, location: { ...other.location, number: definition.location.number } }, null),
    );
    await expect(taken).rejects.toThrow(/another clinic/);
    await owner.close();
  });
});

describe('a task for staff', () => {
  const now = Temporal.Instant.from('2026-11-20T17:00:00Z');

  it('opens once for a cause and can be resolved once', async () => {
    const causeKey = `test:${newId()}`;
    const open = () =>
      database.inTenant(orgId, (tx) =>
        openStaffTask(tx, {
          orgId,
          kind: 'hand-off',
          reason: 'asked for a person',
          causeKey,
          now,
          dueIn: Temporal.Duration.from('PT1H'),
        }),
      );
    expect([await open(), await open()]).toEqual([true, false]);
    const messaging = server.as('frontdesk_messaging_worker');
    const resolve = () => messaging.inTenant(orgId, (tx) => resolveStaffTask(tx, { orgId, causeKey, now }));
    expect([await resolve(), await resolve()]).toEqual([true, false]);
  });

  it('is told to the staff who want notices', async () => {
    const staff = await database.inTenant(orgId, (tx) => staffToNotify(tx, orgId));
    expect(staff).toEqual([expect.objectContaining({ name: 'Maya (front desk)' })]);
    await server.owner.query('update staff_members set receives_notices = false where org_id = $1', [orgId]);
    expect(await database.inTenant(orgId, (tx) => staffToNotify(tx, orgId))).toEqual([]);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { inTenants } from '@frontdesk/db';
import { newId, type Id } from '@frontdesk/kernel';
import type { TestPerson } from '@frontdesk/testkit';
import {
  consentHistory,
  consentOf,
  recordDeliveryReport,
  recordMarketingConsent,
  recordOptIn,
  recordOptOut,
  understandOptOut,
  type ConsentRecord,
} from '../src/postgres/index.ts';
import { evidenceOf, receiveKeyword, receiveText } from './received-text.ts';
import { openTextDesk, waiterForALock, type TextDesk } from './text-desk.ts';

let desk: TextDesk;
beforeAll(async () => {
  desk = await openTextDesk();
});
afterAll(() => desk.close());
beforeEach(() => {
  desk.sent.length = 0;
  desk.opened.length = 0;
  desk.pass({ seconds: 1 });
});

const inClinic: TextDesk['database']['inTenant'] = (orgId, work) => desk.database.inTenant(orgId, work);
const act = <T>(work: Parameters<typeof inClinic<T>>[1]) => inClinic(desk.clinic.id, work);
const consent = ({ phone }: TestPerson) => act((tx) => consentOf(tx, { orgId: desk.clinic.id, phone }));
const history = ({ phone }: TestPerson, size?: number): Promise<ConsentRecord[]> =>
  Array.fromAsync(consentHistory(inClinic, { orgId: desk.clinic.id, phone }, size));
const kinds = async (person: TestPerson) => (await history(person)).map(({ kind, source }) => `${kind} by ${source}`);

/** Everything that waits for the person is tried; returns what left. */
async function sendAll({ phone }: TestPerson): Promise<string[]> {
  const { rows } = await desk.server.owner.query<{ id: Id }>(
    "select id from outbound_messages where to_number = $1 and state = 'queued' order by seq",
    [phone],
  );
  desk.sent.length = 0;
  for (const { id } of rows) await desk.send(id);
  return desk.sent.map(({ body }) => body);
}

describe('the ledger', () => {
  it('can be added to and never changed: by no service, and a row that is there not even by the owner', async () => {
    const person = await desk.person();
    await act((tx) => recordOptOut(tx, evidenceOf(desk, person)));
    const { owner } = desk.server;
    const rights = await owner.query<{ who: string; what: string }>(
      `select rolname as who, what from pg_roles, unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) what
       where rolname like 'frontdesk\\_%' and not rolsuper and has_table_privilege(rolname, 'consent_events', what)
         and rolname <> (select tableowner from pg_tables where tablename = 'consent_events')`,
    );
    expect(rights.rows).toEqual([]);
    await expect(
      act((tx) => tx.$executeRaw`update consent_events set wording = 'yes please' where phone = ${person.phone}`),
    ).rejects.toThrow(/permission denied/);
    await expect(
      owner.query(`with a as (select set_config('app.org_ids', $1, false)) update consent_events set kind = 'opt-in'`, [
        desk.clinic.id,
      ]),
    ).rejects.toThrow(/append-only/);
    await expect(owner.query('truncate consent_events')).rejects.toThrow(/append-only/);
    expect(await kinds(person)).toEqual(['opt-out by keyword']);
  });

  it('holds who said what, where, when, to which number, and who wrote it down', async () => {
    const person = await desk.person();
    const messageId = await receiveText(desk, person, 'pls leave me alone');
    const evidence = evidenceOf(desk, person, {
      source: 'free-wording',
      wording: 'pls leave me alone',
      inboundMessageId: messageId,
    });
    await act((tx) => recordOptOut(tx, evidence));
    const { orgId: _, at, ...written } = evidence;
    expect(await history(person)).toEqual([
      { ...written, id: expect.any(String), kind: 'opt-out', occurredAt: at, textsAfter: 0, keywordAnswersAfter: 0 },
    ]);
  });

  it('keeps repeated words as evidence, but not that a carrier repeats itself', async () => {
    const person = await desk.person();
    for (const source of ['keyword', 'free-wording', 'carrier', 'carrier'] as const) {
      await act((tx) => recordOptOut(tx, evidenceOf(desk, person, { source })));
      desk.pass({ seconds: 1 });
    }
    expect(await kinds(person)).toEqual(['opt-out by keyword', 'opt-out by free-wording']);
  });

  it('shows page by page how many texts left after each change, so that none after an opt-out can be proved', async () => {
    const person = await desk.person();
    await desk.send(await desk.request(person));
    desk.pass({ seconds: 1 });
    await receiveKeyword(desk, person, 'stop');
    desk.pass({ seconds: 1 });
    await sendAll(person);
    await desk.send(await desk.request(person));
    desk.pass({ seconds: 1 });
    await receiveKeyword(desk, person, 'start');
    desk.pass({ seconds: 1 });
    await sendAll(person);
    for (let n = 0; n < 2; n++) await desk.send(await desk.request(person));
    const counts = (await history(person, 1)).map(({ kind, textsAfter, keywordAnswersAfter }) => ({
      kind,
      textsAfter,
      keywordAnswersAfter,
    }));
    expect(counts).toEqual([
      { kind: 'opt-out', textsAfter: 0, keywordAnswersAfter: 1 },
      { kind: 'opt-in', textsAfter: 2, keywordAnswersAfter: 1 },
    ]);
    expect(await history(person, 500)).toHaveLength(2);
  });
});

type Work = Parameters<typeof inClinic<unknown>>[1];

describe('consent to marketing', () => {
  const agree = (person: TestPerson, change = {}) =>
    act((tx) =>
      recordMarketingConsent(tx, {
        ...evidenceOf(desk, person, { source: 'staff', channel: 'web', wording: 'Yes, text me offers', ...change }),
        agreed: true,
      }),
    );

  it('takes written words, and keeps those that are said again', async () => {
    const person = await desk.person();
    expect(await agree(person, { wording: null })).toBe('without-wording');
    expect(await agree(person)).toBe('given');
    expect(await agree(person)).toBe('unchanged');
    expect(await kinds(person)).toEqual(['marketing-opt-in by staff', 'marketing-opt-in by staff']);
  });

  it.each(['after', 'before'])('does not outlive a STOP that commits in the same moment, just %s it', async (order) => {
    const person = await desk.person();
    const { orgId, ...evidence } = evidenceOf(desk, person, {
      source: 'staff',
      channel: 'web',
      wording: 'Yes, offers',
    });
    const agreeIn: Work = (tx) => recordMarketingConsent(tx, { orgId, ...evidence, agreed: true });
    const stopIn: Work = (tx) => recordOptOut(tx, evidenceOf(desk, person));
    const [first, second] = order === 'after' ? [agreeIn, stopIn] : [stopIn, agreeIn];
    const { other } = await act(async (tx) => {
      await first(tx);
      const waiting = act(second);
      await waiterForALock(desk);
      return { other: waiting };
    });
    await other;
    expect(await consent(person)).toMatchObject({ stoppedAt: desk.now(), marketingSince: null });
  });

  it('ends with an opt-out, and is not brought back by START', async () => {
    const person = await desk.person();
    await agree(person);
    desk.pass({ seconds: 1 });
    expect(await act((tx) => recordOptOut(tx, evidenceOf(desk, person)))).toEqual({
      stopped: true,
      marketingWithdrawn: true,
    });
    expect(await agree(person)).toBe('opted-out');
    desk.pass({ seconds: 1 });
    await act((tx) => recordOptIn(tx, { ...evidenceOf(desk, person, { wording: 'START' }), source: 'keyword' }));
    const resumedAt = desk.now();
    const lastStopAt = resumedAt.subtract({ seconds: 1 });
    expect(await consent(person)).toEqual({ stoppedAt: null, lastStopAt, marketingSince: null, resumedAt });
    expect(await kinds(person)).toEqual([
      'marketing-opt-in by staff',
      'opt-out by keyword',
      'marketing-opt-out by keyword',
      'opt-in by keyword',
    ]);
  });

  it('can be withdrawn alone', async () => {
    const person = await desk.person();
    await agree(person);
    desk.pass({ seconds: 1 });
    const withdrawn = { ...evidenceOf(desk, person, { source: 'staff', wording: null }), agreed: false };
    expect(await act((tx) => recordMarketingConsent(tx, withdrawn))).toBe('withdrawn');
    expect(await consent(person)).toMatchObject({ stoppedAt: null, marketingSince: null });
    expect(await agree(person, { at: desk.now().subtract({ seconds: 1 }) })).toBe('withdrawn-since');
    expect(await agree(person)).toBe('given');
  });

  it('is withdrawn by any address of the person, whichever they gave it by', async () => {
    const person = await desk.person();
    const phone = `wa:US.${person.phone.slice(1)}`;
    await inTenants(desk.server.owner, [desk.clinic.id], (client) =>
      client.query(
        `insert into whatsapp_users (org_id, user_id, contact_id, created_at)
         select org_id, $1, id, now() from contacts where phone = $2`,
        [phone.slice('wa:'.length), person.phone],
      ),
    );
    await agree(person, { phone });
    desk.pass({ seconds: 1 });
    const withdrawn = { ...evidenceOf(desk, person, { source: 'staff', wording: null }), agreed: false };
    expect(await act((tx) => recordMarketingConsent(tx, withdrawn))).toBe('withdrawn');
    expect(await act((tx) => consentOf(tx, { orgId: desk.clinic.id, phone }))).toMatchObject({ marketingSince: null });
    for (const address of [phone, person.phone]) {
      expect(await agree({ ...person, phone: address }, { at: desk.now().subtract({ seconds: 1 }) })).toBe(
        'withdrawn-since',
      );
      expect(
        (await kinds({ ...person, phone: address })).filter((kind) => kind.startsWith('marketing-opt-out')),
      ).toHaveLength(1);
    }
  });
});

describe('a wish for no more texts that the model read', () => {
  const understand = (person: TestPerson, messageId: Id) =>
    act((tx) =>
      understandOptOut(
        tx,
        { orgId: desk.clinic.id, messageId, contactId: person.contactId, causationId: newId(), now: desk.now() },
        { resolve: async (_tx, { causeKey }) => void desk.resolved.push(causeKey) },
      ),
    );

  it('stops what waits, is recorded with the words, and is confirmed once', async () => {
    const person = await desk.person();
    const waiting = await desk.request(person);
    const messageId = await receiveText(desk, person, 'I moved, so you can cross me off');
    expect(await understand(person, messageId)).toBe('answered');
    expect(await understand(person, messageId)).toBe('decided-since');
    expect(await desk.text(waiting)).toMatchObject({ state: 'suppressed' });
    // In case it waited for its sender.
    expect(desk.resolved).toContain(`text-failed:${waiting}:waits:0`);
    expect(await sendAll(person)).toEqual([expect.stringMatching(/no more texts/)]);
    expect(await history(person)).toMatchObject([
      { kind: 'opt-out', source: 'model', wording: 'I moved, so you can cross me off', inboundMessageId: messageId },
    ]);
  });

  it('is confirmed in Spanish where it was said in Spanish', async () => {
    const person = await desk.person();
    await understand(person, await receiveText(desk, person, 'prefiero que se olviden de mí, gracias'));
    expect(await sendAll(person)).toEqual([expect.stringMatching(/ya no le enviaremos mensajes/)]);
  });

  it('adds nothing for a person who had stopped the texts by then', async () => {
    const person = await desk.person();
    const messageId = await receiveText(desk, person, 'cross me off');
    await receiveKeyword(desk, person, 'stop');
    await sendAll(person);
    expect(await understand(person, messageId)).toBe('nothing-changed');
    expect(await sendAll(person)).toEqual([]);
  });

  it('does not undo what the person said since', async () => {
    const person = await desk.person();
    const messageId = await receiveText(desk, person, 'cross me off');
    desk.pass({ seconds: 5 });
    await receiveKeyword(desk, person, 'start');
    desk.pass({ seconds: 5 });
    expect(await understand(person, messageId)).toBe('decided-since');
    expect((await consent(person)).stoppedAt).toBeNull();
  });
});

describe('a carrier that blocks a person', () => {
  const blocked = { kind: 'refused', code: '40300', reason: 'it is blocked', optedOut: true } as const;

  it('is believed: no text leaves any more, no confirmation either, and staff have nothing to do', async () => {
    const person = await desk.person();
    desk.answers(blocked);
    await desk.send(await desk.request(person));
    expect(await history(person)).toMatchObject([
      { kind: 'opt-out', source: 'carrier', wording: null, clinicNumber: desk.clinic.location.number },
    ]);
    await desk.request(person);
    expect(await sendAll(person)).toEqual([]);
    expect(desk.opened).toEqual([]);
  });

  it('is believed in a receipt as well, which is how Twilio tells of it when a Messaging Service sends', async () => {
    const person = await desk.person();
    const messageId = await desk.request(person);
    await desk.send(messageId);
    const [attempt] = await desk.attempts(messageId);
    await act((tx) =>
      recordDeliveryReport(
        tx,
        {
          orgId: desk.clinic.id,
          provider: 'telnyx',
          attemptId: attempt?.id ?? null,
          providerMessageId: newId(),
          status: 'failed',
          errorCode: '21610',
          blocked: true,
          now: desk.now(),
        },
        desk.tasks,
      ),
    );
    expect(await kinds(person)).toEqual(['opt-out by carrier']);
    expect(desk.opened).toEqual([]);
  });

  it('wins over a START that it never heard of, and staff are told once', async () => {
    const person = await desk.person();
    await receiveKeyword(desk, person, 'stop');
    desk.pass({ seconds: 1 });
    await receiveKeyword(desk, person, 'start');
    desk.pass({ seconds: 1 });
    await sendAll(person);
    desk.answers(blocked);
    await desk.send(await desk.request(person));
    await desk.send(await desk.request(person));
    expect(await kinds(person)).toEqual(['opt-out by keyword', 'opt-in by keyword', 'opt-out by carrier']);
    expect(desk.opened.map(({ reason }) => reason)).toEqual([expect.stringContaining('the carrier still blocks them')]);
  });
});

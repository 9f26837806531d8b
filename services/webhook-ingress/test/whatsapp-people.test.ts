import { describe, expect, it } from '@jest/globals';
import { addressWords, newId, present } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import fc from 'fast-check';
import { addSender, newNumber } from './desk.ts';
import { metaMessage, metaNumberChange, type MetaText } from './meta-webhooks.ts';
import { telnyxHeaders } from './signing.ts';
import { useDesk } from './use-desk.ts';
import { received } from './webhooks.ts';

const on = useDesk();

let users = 0;
const newUser = () => `US.13490000${(users += 1)}`;
const addressOf = (userId: string) => `wa:${userId}`;

const write = (text: Omit<MetaText, 'to' | 'text'> & { to?: string; text?: string }) =>
  on.desk.meta(metaMessage({ to: on.to, text: `hello ${newId()}`, at: on.now(), ...text }));
const sms = (from: string, text = `hello ${newId()}`) => {
  const body = JSON.stringify(received({ from, to: on.to, text, received_at: on.now().toString() }));
  // Signed by the clock of the desk, which runs ahead.
  const headers = telnyxHeaders(body, Math.floor(on.now().epochMilliseconds / 1_000));
  return on.desk.post('/webhooks/telnyx/messages', body, headers);
};

const rows = async <Row extends object>(sql: string, ...values: unknown[]) =>
  (await on.database.owner.query<Row>(sql, values)).rows;
const contactOf = async (address: string) =>
  (await rows<{ id: string }>('select id from contacts where org_id = $1 and phone = $2', on.clinic.id, address))[0]
    ?.id;
const contactOfUser = async (userId: string) =>
  (
    await rows<{ id: string }>(
      'select contact_id as id from whatsapp_users where org_id = $1 and user_id = $2',
      on.clinic.id,
      userId,
    )
  )[0]?.id;
const textsOf = async (address: string) => (await on.rows.texts(address)).length;
const isStopped = (address: string) => on.rows.optedOut(on.clinic, address);

/** The contacts that have one of the addresses. */
const personsOf = async (addresses: readonly string[]) =>
  (
    await rows<{ id: string }>(
      'select id from contacts where org_id = $1 and phone = any ($2)',
      on.clinic.id,
      addresses,
    )
  ).map(({ id }) => id);

/** Asked outside of transactions, which see but one moment of it. */
const waitUntilWaiting = (howMany: number) =>
  until(`${howMany} wait`, async () => {
    const waiting = await rows(
      "select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'",
    );
    return waiting.length >= howMany;
  });

/** Begins one after the other; the first has done everything but commit when the second begins. */
async function whileNothingCommits<T>(first: () => Promise<T>, second: () => Promise<T>): Promise<T[]> {
  const client = await on.database.owner.connect();
  try {
    await client.query('begin');
    // The last that a transaction of the intake writes.
    await client.query('lock table outbox in exclusive mode');
    const begun = [first()];
    await waitUntilWaiting(1);
    begun.push(second());
    await waitUntilWaiting(2);
    await client.query('commit');
    return await Promise.all(begun);
  } finally {
    client.release();
  }
}

/** Runs the SQL in a transaction that commits once what is done meanwhile waits for it. */
async function whileAnother<T>([sql, ...values]: [sql: string, ...values: unknown[]], meanwhile: () => Promise<T>) {
  const client = await on.database.owner.connect();
  try {
    await client.query('begin');
    await client.query("select set_config('app.org_ids', $1, true)", [on.clinic.id]);
    await client.query(sql, values);
    const done = meanwhile();
    await waitUntilWaiting(1);
    await client.query('commit');
    return await done;
  } finally {
    client.release();
  }
}

describe('who writes on WhatsApp', () => {
  it('with a number is the person of that number, and their id there is remembered', async () => {
    const [from, userId] = [newNumber(), newUser()];
    await sms(from);
    await write({ from, userId });
    expect(await textsOf(from)).toBe(2);
    expect(await on.rows.conversations(from)).toHaveLength(1);
    expect(await contactOfUser(userId)).toBe(await contactOf(from));
  });

  it('without a number is whoever is remembered', async () => {
    const [from, userId] = [newNumber(), newUser()];
    await write({ from, userId });
    await write({ userId });
    expect(await textsOf(from)).toBe(2);
    expect(await contactOf(addressOf(userId))).toBeUndefined();
  });

  it('without a number, and not remembered, is a person of their own', async () => {
    const userId = newUser();
    await write({ userId });
    await write({ userId });
    expect(await on.rows.conversations(addressOf(userId))).toMatchObject([
      { channel: 'whatsapp', clinic_number: on.to },
    ]);
    expect(await textsOf(addressOf(userId))).toBe(2);
    expect(await contactOfUser(userId)).toBe(await contactOf(addressOf(userId)));
  });

  it('gets the number that shows up later, where nobody has it', async () => {
    const [from, userId] = [newNumber(), newUser()];
    await write({ userId });
    const contact = await contactOf(addressOf(userId));
    await write({ from, userId });
    expect(await contactOf(from)).toBe(contact);
    expect(await contactOf(addressOf(userId))).toBeUndefined();
    await sms(from);
    expect(await on.rows.conversations(from)).toHaveLength(1);
  });

  it('is the person who has the number that shows up later, from then on', async () => {
    const [from, userId] = [newNumber(), newUser()];
    await sms(from);
    await write({ userId });
    await write({ from, userId });
    await write({ userId });
    expect(await textsOf(from)).toBe(3);
    expect(await textsOf(addressOf(userId))).toBe(1);
    expect(await contactOfUser(userId)).toBe(await contactOf(from));
  });

  it('is whom their newest number says, however late an older text comes', async () => {
    const [before, now, userId] = [newNumber(), newNumber(), newUser()];
    const at = on.now();
    await write({ from: before, userId, at: at.subtract({ hours: 2 }) });
    await write({ from: now, userId, at });
    await write({ from: before, userId, at: at.subtract({ hours: 1 }) });
    expect(await contactOfUser(userId)).toBe(await contactOf(now));
    expect(await textsOf(before)).toBe(2);
  });

  it('is a person of each clinic, and of no other', async () => {
    const other = await on.anotherClinic();
    const [from, userId] = [newNumber(), newUser()];
    await write({ from, userId });
    await on.desk.meta(metaMessage({ userId, to: other.location.number, text: 'hello' }));
    expect(await textsOf(from)).toBe(1);
    expect(await on.rows.texts(addressOf(userId))).toMatchObject([{ org_id: other.id }]);
  });

  it.each([
    { first: 'the id alone', second: 'the number', tells: [false, true] },
    { first: 'the number', second: 'the id alone', tells: [true, false] },
    { first: 'the id alone', second: 'the id alone', tells: [false, false] },
  ])('is one person though an instance hears $first and another $second before it commits', async ({ tells }) => {
    const [from, userId, twin] = [newNumber(), newUser(), await on.twin()];
    const tell = (desk: typeof twin, withNumber = false) =>
      desk.meta(metaMessage({ to: on.to, text: newId(), userId, ...(withNumber && { from }) }));
    try {
      const answers = await whileNothingCommits(
        () => tell(on.desk, tells[0]),
        () => tell(twin, tells[1]),
      );
      expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    } finally {
      await twin.close();
    }
    const address = tells.includes(true) ? from : addressOf(userId);
    expect((await textsOf(from)) + (await textsOf(addressOf(userId)))).toBe(2);
    expect(await personsOf([from, addressOf(userId)])).toEqual([await contactOf(address)]);
    expect(await contactOfUser(userId)).toBe(await contactOf(address));
  });

  it('is taken in at the first try though their number comes by SMS to another instance at that moment', async () => {
    const [from, userId] = [newNumber(), newUser()];
    await write({ userId });
    const written = await whileAnother(
      ['insert into contacts (org_id, id, phone) values ($1, gen_random_uuid(), $2)', on.clinic.id, from],
      () => write({ from, userId }),
    );
    expect(written.status).toBe(200);
    expect(await contactOfUser(userId)).toBe(await contactOf(from));
    expect(await textsOf(from)).toBe(1);
  });

  it('answers leave by the channel and from the number last written to', async () => {
    const [from, userId] = [newNumber(), newUser()];
    const second = newNumber();
    await addSender(on.database, on.clinic, { number: second });
    const at = on.now();
    const last = async () => (await on.rows.conversations(from)).map(({ channel, clinic_number: n }) => [channel, n]);
    await on.desk.telnyx(received({ from, to: on.to, text: 'one', received_at: at.toString() }));
    await on.desk.meta(metaMessage({ from, userId, to: second, text: 'two', at: at.add({ seconds: 5 }) }));
    expect(await last()).toEqual([['whatsapp', second]]);
    await on.desk.telnyx(received({ from, to: on.to, text: 'late', received_at: at.add({ seconds: 2 }).toString() }));
    expect(await last()).toEqual([['whatsapp', second]]);
    await on.desk.telnyx(received({ from, to: on.to, text: 'three', received_at: at.add({ seconds: 9 }).toString() }));
    expect(await last()).toEqual([['sms', on.to]]);
  });
});

describe('one consent for both channels', () => {
  it.each(['sms', 'whatsapp'])('STOP by %s ends both, and START by the other begins them again', async (channel) => {
    const [from, userId] = [newNumber(), newUser()];
    await write({ from, userId });
    const say = { sms: (text: string) => sms(from, text), whatsapp: (text: string) => write({ userId, text }) };
    const [first, second] = channel === 'sms' ? [say.sms, say.whatsapp] : [say.whatsapp, say.sms];
    await first('STOP');
    expect([await isStopped(from), await isStopped(addressOf(userId))]).toEqual([true, true]);
    await second('are you there?');
    expect((await on.rows.texts(from)).at(-1)?.handled_by).toBe('opted-out');
    on.pass({ seconds: 1 });
    await second('START');
    expect([await isStopped(from), await isStopped(addressOf(userId))]).toEqual([false, false]);
    const other = channel === 'sms' ? 'whatsapp' : 'sms';
    expect((await on.rows.consents(from)).map((each) => [each.kind, each.channel])).toEqual([
      ['opt-out', channel],
      ['opt-in', other],
    ]);
  });

  it.each([
    { who: 'the number', stops: 'number' },
    { who: 'the id', stops: 'user' },
  ])('a STOP of $who holds once the two turn out to be one person, with its evidence', async ({ stops }) => {
    const [from, userId] = [newNumber(), newUser()];
    await sms(from, stops === 'number' ? 'STOP' : 'hi');
    await write({ userId, text: stops === 'user' ? 'STOP' : 'hi' });
    expect([await isStopped(from), await isStopped(addressOf(userId))]).toEqual([stops === 'number', stops === 'user']);
    await write({ from, userId });
    expect([await isStopped(from), await isStopped(addressOf(userId))]).toEqual([true, true]);
    expect((await on.rows.texts(from)).at(-1)?.handled_by).toBe('opted-out');
    for (const address of [from, addressOf(userId)]) {
      expect(await on.rows.consents(address)).toMatchObject([{ kind: 'opt-out', source: 'keyword', wording: 'STOP' }]);
    }
  });

  it('of a person who gets a number comes along', async () => {
    const [from, userId] = [newNumber(), newUser()];
    await write({ userId, text: 'STOP' });
    await write({ from, userId });
    expect([await isStopped(from), await isStopped(addressOf(userId))]).toEqual([true, true]);
  });

  it('holds though somebody stops the texts of one address in the moment in which the other becomes theirs', async () => {
    const [from, userId] = [newNumber(), newUser()];
    await sms(from);
    const written = await whileAnother(['insert into opt_outs values ($1, $2, now())', on.clinic.id, from], () =>
      write({ from, userId }),
    );
    expect(written.status).toBe(200);
    expect([await isStopped(from), await isStopped(addressOf(userId))]).toEqual([true, true]);
  });

  it('is told by the last word that the person said, in whatever order channels and numbers come', async () => {
    const channels = fc.constantFrom('sms', 'number', 'user');
    const words = fc.constantFrom('STOP', 'START', 'hello');
    const said = fc.record({ by: channels, text: words });
    await fc.assert(
      fc.asyncProperty(fc.array(said, { minLength: 2, maxLength: 6 }), async (story) => {
        const [from, userId] = [newNumber(), newUser()];
        const stopped = { number: false, user: false };
        let isOne = false;
        for (const { by, text } of story) {
          on.pass({ seconds: 5 });
          const answer =
            by === 'sms' ? await sms(from, text) : await write({ userId, text, ...(by === 'number' && { from }) });
          expect(answer.status).toBe(200);
          if (by === 'number') isOne = true;
          if (isOne) stopped.number = stopped.user = stopped.number || stopped.user;
          if (text === 'hello') continue;
          for (const address of isOne ? (['number', 'user'] as const) : ([by === 'sms' ? 'number' : 'user'] as const)) {
            stopped[address] = text === 'STOP';
          }
        }
        expect({ number: await isStopped(from), user: await isStopped(addressOf(userId)) }).toEqual(stopped);
      }),
      { numRuns: 25 },
    );
  });
});

describe('the phone of a person', () => {
  const doorbells = async (address: string) => {
    const texts = await on.rows.texts(address);
    const events = await on.rows.events(on.clinic);
    return texts.map(({ id }) =>
      events.some(({ type, data }) => type === 'messaging.whatsapp-text-received.v1' && data['messageId'] === id),
    );
  };

  it('is to show that each text on WhatsApp was read, as long as they want to hear from the clinic', async () => {
    const [from, userId] = [newNumber(), newUser()];
    for (const text of ['hello', 'HELP', 'STOP', 'still there?', 'HELP']) await write({ from, userId, text });
    on.pass({ seconds: 5 });
    await write({ from, userId, text: 'START' });
    await sms(from);
    expect(await doorbells(from)).toEqual([true, true, false, false, false, true, false]);
  });
});

describe('a choice', () => {
  it('that was tapped is a text of its title, and keeps its id', async () => {
    const from = newNumber();
    await write({ from, choice: { id: 'time:1', title: 'Tue 3 PM' } });
    const [text] = await on.rows.texts(from);
    expect(text).toMatchObject({ body: 'Tue 3 PM', choice_id: 'time:1', channel: 'whatsapp' });
    expect(await on.typesOf(from)).toEqual(['conversation.text-received.v1']);
  });

  it('that says STOP is one', async () => {
    const from = newNumber();
    await write({ from, choice: { id: 'no-more', title: 'Stop' } });
    expect(await isStopped(present(from, 'the number'))).toBe(true);
  });
});

describe('a person whose number changes at WhatsApp', () => {
  const change = (of: Parameters<typeof metaNumberChange>[0]) => on.desk.meta(metaNumberChange(of));

  it('stays stopped under the new number and id, at this clinic alone, and nobody is made', async () => {
    const [from, next, userId, nextUser, other] = [
      newNumber(),
      newNumber(),
      newUser(),
      newUser(),
      await on.anotherClinic(),
    ];
    await write({ from, text: 'STOP' });
    on.pass({ seconds: 1 });
    const webhook = metaNumberChange({ to: on.to, from, newNumber: next, previousUserId: userId, userId: nextUser });
    for (let times = 0; times < 2; times++) expect((await on.desk.meta(webhook)).status).toBe(200);
    expect([await isStopped(next), await isStopped(addressOf(nextUser))]).toEqual([true, true]);
    expect(await on.rows.optedOut(other, next)).toBe(false);
    expect(await on.rows.consents(next)).toMatchObject([{ kind: 'opt-out', source: 'carrier', wording: null }]);
    expect(await personsOf([next, addressOf(nextUser)])).toEqual([]);
    await write({ from: next });
    expect((await on.rows.texts(next)).map(({ handled_by: by }) => by)).toEqual(['opted-out']);
    on.pass({ seconds: 1 });
    await write({ from: next, text: 'START' });
    expect(await isStopped(next)).toBe(false);
    await change({ to: on.to, from, newNumber: next });
    expect(await isStopped(next)).toBe(false);
  });

  const tasks = (phone: string) =>
    rows<{ kind: string; reason: string }>(
      `select t.kind, t.reason from staff_tasks t join conversations v on v.org_id = t.org_id and v.id = t.conversation_id
       join contacts c on c.org_id = v.org_id and c.id = v.contact_id where t.org_id = $1 and c.phone = $2`,
      on.clinic.id,
      phone,
    );

  it.each([
    { known: 'by the number', knownById: false },
    { known: 'by the id', knownById: true },
  ])('keeps the old one where the clinic knows them $known, and staff are asked once what is right', async (how) => {
    const [from, next, userId, nextUser, other] = [newNumber(), newNumber(), newUser(), newUser(), newNumber()];
    await addSender(on.database, on.clinic, { number: other });
    await write({ from, userId });
    const contact = await contactOf(from);
    const of = { from: how.knownById ? newNumber() : from, newNumber: next, previousUserId: userId, userId: nextUser };
    const told = metaNumberChange({ to: on.to, ...of });
    for (const webhook of [told, told, metaNumberChange({ to: other, ...of })]) {
      expect((await on.desk.meta(webhook)).status).toBe(200);
    }
    expect(await contactOf(from)).toBe(contact);
    expect(await contactOf(next)).toBeUndefined();
    expect(await tasks(from)).toEqual([
      {
        kind: 'number-changed',
        reason: expect.stringMatching(/^On WhatsApp.*still go to the old number.*Ask the person/),
      },
    ]);
    const [task] = await tasks(from);
    for (const number of [from, next]) expect(task?.reason).toContain(addressWords(number));
  });

  it('is of nobody whom the clinic has no number of, or whose id alone changes', async () => {
    const [from, userId, nextUser, stranger] = [newNumber(), newUser(), newUser(), newNumber()];
    const before = await rows('select from staff_tasks');
    await write({ userId });
    await change({ to: on.to, from: stranger, newNumber: newNumber(), previousUserId: userId, userId: newUser() });
    await write({ from, userId: nextUser });
    await change({ to: on.to, from, newNumber: from, previousUserId: nextUser, userId: newUser() });
    expect(await rows('select from staff_tasks')).toHaveLength(before.length);
  });

  it('is stopped by an id alone that had stopped, and by no other', async () => {
    const [userId, nextUser, from, next] = [newUser(), newUser(), newNumber(), newNumber()];
    await write({ userId, text: 'STOP' });
    on.pass({ seconds: 1 });
    await change({ to: on.to, from, newNumber: next });
    expect(await isStopped(next)).toBe(false);
    await change({ to: on.to, from, newNumber: next, previousUserId: userId, userId: nextUser });
    expect([await isStopped(next), await isStopped(addressOf(nextUser))]).toEqual([true, true]);
  });
});

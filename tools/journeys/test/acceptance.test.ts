import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  askForTimes,
  clinicNumber,
  eventually,
  findBreaches,
  openDesk,
  pickFirstTime,
  walkToLink,
  type Desk,
} from '../src/index.ts';

const clinic = clinicNumber(3);
const other = clinicNumber(4, { name: 'Oak Skin Studio' });
const withoutAccount = clinicNumber(5, { name: 'Cedar Aesthetics', depositAccount: null });
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk([clinic, other, withoutAccount]);
}, 60_000);
afterAll(() => desk?.close());

const count = async (sql: string, ...values: unknown[]) =>
  Number((await desk.rows.query<{ n: string }>(`select count(*) as n ${sql}`, values)).rows[0]?.n);
const restful = () => eventually('everything came to rest', async () => (await findBreaches(desk)).length === 0);

describe('a text to the clinic', () => {
  it('makes a lead and is answered once by a desk that says who it is', async () => {
    const patient = desk.patient();
    const reply = await patient.ask('Hi there');
    expect(reply).toContain('Radiance Medspa 3');
    expect(reply).toMatch(/STOP/);
    await eventually('the lead', () =>
      count(
        "from leads l join contacts c on c.id = l.contact_id where c.phone = $1 and l.source = 'sms'",
        patient.number,
      ),
    );
    expect(await patient.ask('Where are you?')).not.toMatch(/STOP/);
  });

  it('delivered many times, or under two ids within moments, is one text', async () => {
    const patient = desk.patient();
    await patient.text('How much is a facial?', { copies: 4, twin: true });
    await patient.hears(/\$199/);
    await restful();
    expect(patient.texts()).toHaveLength(1);
    expect(await count('from inbound_messages where from_number = $1', patient.number)).toBe(2);
  });

  it('in a burst with others is answered once, with all of them', async () => {
    const patient = desk.patient();
    await Promise.all(['Hi', 'I am Dana', 'how much is botox?'].map((words) => patient.text(words)));
    await patient.hears(/\$12/);
    await restful();
    expect(patient.texts().length).toBeLessThanOrEqual(3);
    expect(await count("from inbound_messages where from_number = $1 and handled_by = 'turn'", patient.number)).toBe(3);
  });

  it('to a number of no clinic is parked where people can see it, and the carrier is satisfied', async () => {
    const answer = await desk.simulators.telnyx.receiveText({
      from: '+16025550000',
      to: '+14805550000',
      text: 'hello?',
    });
    expect(answer.status).toBe(200);
    expect(await count("from webhook_events where org_id is null and parked_reason like '%number%'")).toBe(1);
  });

  it.each(['🙂', '   ', 'a'.repeat(1600), '👩‍🦰💉❓'])('such as %j gets an answer', async (words) => {
    const patient = desk.patient();
    expect(await patient.ask(words)).not.toBe('');
  });
});

describe('a card number in a text', () => {
  it('is redacted before anything is stored and answered with a fixed text', async () => {
    const patient = desk.patient();
    const reply = await patient.ask('my card is 4111 1111 1111 1111 exp 12/27');
    expect(reply).toMatch(/card/i);
    const everywhere = await desk.rows.query<{ hit: string }>(
      `select body as hit from inbound_messages where body ~ '4111.?1111' union all
       select payload::text from webhook_events where payload::text ~ '4111.?1111'`,
    );
    expect(everywhere.rows).toEqual([]);
    expect(desk.simulators.bedrock.requests.some((request) => JSON.stringify(request).includes('4111'))).toBe(false);
  });
});

describe('STOP, HELP and START', () => {
  it('end, explain and resume texts, with one answer each', async () => {
    const patient = desk.patient();
    await patient.ask('Hi');
    const before = patient.texts().length;
    await patient.text('please stop texting me');
    expect(await patient.hears(/no more|unsubscribed|stopped/i, before)).toContain('Radiance Medspa 3');
    await patient.text('How much is botox?');
    await restful();
    expect(patient.texts()).toHaveLength(before + 1);
    await patient.text('start');
    await restful();
    await patient.ask('How much is botox?');
  });

  it('are not answered again when the carrier already did', async () => {
    const patient = desk.patient();
    await patient.ask('Hi');
    await patient.text('STOP');
    await restful();
    expect(patient.texts()).toHaveLength(1);
    expect(desk.simulators.telnyx.autoresponses.filter(({ to }) => to === patient.number)).toHaveLength(1);
    expect(await count('from opt_outs where phone = $1', patient.number)).toBe(1);
  });

  it('leave wishes alone that only begin alike', async () => {
    const patient = desk.patient();
    await patient.ask('Stop by tomorrow?');
    await patient.ask('End of the week works');
    expect(await count('from opt_outs where phone = $1', patient.number)).toBe(0);
  });
});

describe('a call', () => {
  it('that nobody answers is texted back once, and once per caller in a while', async () => {
    const patient = desk.patient();
    for (const cause of ['originator_cancel', 'timeout'] as const) await (await patient.call()).hangUp(cause);
    await patient.hears(/missed your call/i);
    await eventually('both calls are judged', () =>
      count('from calls where from_number = $1 and outcome is not null', patient.number).then((n) => n === 2),
    );
    await restful();
    expect(patient.texts()).toHaveLength(1);
  });

  it('that was answered is left alone', async () => {
    const patient = desk.patient();
    const call = await patient.call();
    await call.answer();
    await call.hangUp('normal_clearing');
    await eventually('it is judged', () =>
      count("from calls where from_number = $1 and outcome = 'answered'", patient.number),
    );
    expect(patient.texts()).toEqual([]);
  });
});

describe('a deposit', () => {
  it('is not asked for by a question about it', async () => {
    const patient = desk.patient();
    await askForTimes(patient);
    await pickFirstTime(patient);
    const before = patient.texts().length;
    await patient.text('Okay but is the deposit refundable?');
    await patient.hears(/./, before);
    await restful();
    expect(
      patient
        .texts()
        .slice(before)
        .some((text) => text.includes('http')),
    ).toBe(false);
  });

  it('that fails to be paid is answered with how to try again, and can still be paid', async () => {
    const patient = desk.patient();
    const link = await walkToLink(desk, patient);
    const before = patient.texts().length;
    await desk.simulators.square.fail(link);
    await patient.hears(/did not go through|didn't go through|try again/i, before);
    await desk.simulators.square.pay(link);
    await patient.hears(/You're booked/, before);
    await restful();
  });

  it('is not offered by a clinic without an account; staff are told', async () => {
    const patient = desk.patient(withoutAccount);
    await askForTimes(patient);
    const before = patient.texts().length;
    await patient.text('The first one works for me');
    await patient.hears(/team/i, before);
    await eventually('the task', () =>
      count("from staff_tasks where kind = 'no-deposit-account' and org_id = $1", withoutAccount.id),
    );
    await restful();
    expect(patient.texts().join(' ')).not.toContain('http');
  });
});

describe('two patients who want one time', () => {
  it('end with one visit; the other is told and offered others', async () => {
    const [first, second] = [desk.patient(other), desk.patient(other)];
    const [hers, his] = [await askForTimes(first), await askForTimes(second)];
    expect(hers.match(/\d+(:\d+)? ?[AP]M/i)?.[0]).toBe(his.match(/\d+(:\d+)? ?[AP]M/i)?.[0]);
    const [before, beforeHis] = [first.texts().length, second.texts().length];
    await Promise.all([first.text('The first one works for me'), second.text('The first one works for me')]);
    const replies = [await first.hears(/./, before), await second.hears(/./, beforeHis)];
    expect(replies.filter((text) => /deposit/i.test(text))).toHaveLength(1);
    expect(replies.find((text) => !/deposit/i.test(text))).toMatch(/taken|no longer|just/i);
    expect(replies.find((text) => !/deposit/i.test(text))).toMatch(/\d ?[AP]M/i);
    expect(await count("from appointments where org_id = $1 and state = 'held'", other.id)).toBe(1);
  });
});

describe('a person of one clinic', () => {
  it('is a stranger to another, with the same phone', async () => {
    const ana = desk.patient(clinic);
    await ana.ask("Hi, I'm Ana and I'd like botox");
    await desk.simulators.telnyx.receiveText({
      from: ana.number,
      to: other.location.number,
      text: 'What do you know about me?',
    });
    const reply = await desk.simulators.telnyx.waitForText({ to: ana.number, from: other.location.number });
    expect(reply.text).not.toMatch(/Ana|botox/i);
    const request = desk.simulators.bedrock.requests.at(-1);
    expect(JSON.stringify(request)).not.toMatch(/Ana\b/);
    expect(await count('from contacts where phone = $1', ana.number)).toBe(2);
  });
});

describe('a model that fails', () => {
  it('is covered by an honest text and a hand-over, never by silence', async () => {
    const patient = desk.patient();
    desk.simulators.bedrock.misbehave({ kind: 'exception', type: 'ValidationException', times: 10 });
    expect(await patient.ask('How much is botox?')).toMatch(/team|person|someone/i);
    desk.simulators.bedrock.behave();
    await eventually('the hand-over', () =>
      count(
        'from staff_tasks t join conversations c on c.id = t.conversation_id join contacts p on p.id = c.contact_id where p.phone = $1',
        patient.number,
      ),
    );
    await restful();
  });
});

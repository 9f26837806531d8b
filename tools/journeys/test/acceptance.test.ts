import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@frontdesk/testkit';
import { agree, askForTimes, clinicNumber, openDesk, pickFirstTime, untilAtRest } from '../src/index.ts';
import { walkToLink, type Desk, type Patient } from '../src/index.ts';

const clinic = clinicNumber(3);
const other = clinicNumber(4, { name: 'Oak Skin Studio' });
const withoutAccount = clinicNumber(5, { name: 'Cedar Aesthetics', depositAccount: null });
const dearFiller = clinicNumber(6, { name: 'Birch Clinic' });
dearFiller.services = dearFiller.services.map((service) =>
  service.name === 'Dermal filler' ? { ...service, depositNewCents: 10_000 } : service,
);
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk([clinic, other, withoutAccount, dearFiller]);
}, 180_000);
afterAll(() => desk?.close());

const isOptedOut = async ({ number }: Patient) => (await desk.count('from opt_outs where phone = $1', number)) === 1;
const leadOf = async ({ number }: Patient) =>
  (
    await desk.rows.query<Record<string, unknown>>(
      'select l.* from leads l join contacts c on c.org_id = l.org_id and c.id = l.contact_id where c.phone = $1',
      [number],
    )
  ).rows;
const tasksOf = ({ number }: Patient) =>
  desk.count(
    `from staff_tasks t join conversations v on v.org_id = t.org_id and v.id = t.conversation_id
       join contacts c on c.org_id = v.org_id and c.id = v.contact_id where c.phone = $1`,
    number,
  );

describe('a text to the clinic', () => {
  it('makes a lead and is answered by a desk that says who it is, once', async () => {
    const patient = desk.patient();
    const reply = await patient.ask('Hi there');
    expect(reply).toContain('Radiance Medspa 3');
    expect(reply).toMatch(/STOP/);
    expect(await leadOf(patient)).toMatchObject([{ source: 'sms' }]);
    expect(await patient.ask('Where are you?')).not.toMatch(/STOP/);
  });

  it('delivered many times, or under two ids within moments, is one text', async () => {
    const patient = desk.patient();
    await patient.text('How much is a facial?', { copies: 4, twin: true });
    await patient.hears(/\$199/);
    await untilAtRest(desk);
    expect(patient.texts()).toHaveLength(1);
    expect(await desk.count('from inbound_messages where from_number = $1', patient.number)).toBe(2);
  });

  it('in a burst with others is answered with all of them', async () => {
    const patient = desk.patient();
    await Promise.all(['Hi', 'I am Dana', 'how much is botox?'].map((words) => patient.text(words)));
    await patient.hears(/\$12/);
    await untilAtRest(desk);
    expect(patient.texts().length).toBeLessThanOrEqual(3);
    const handled = "from inbound_messages where from_number = $1 and handled_by = 'turn'";
    expect(await desk.count(handled, patient.number)).toBe(3);
  });

  it('to a number of no clinic is parked where people can see it, and the carrier is satisfied', async () => {
    const { status } = await desk.simulators.telnyx.receiveText({
      from: '+16025550000',
      to: '+14805550000',
      text: 'hello?',
    });
    expect(status).toBe(200);
    expect(await desk.count("from webhook_events where org_id is null and parked_reason like '%number%'")).toBe(1);
  });

  it.each([
    ['an emoji', '🙂'],
    ['blanks', '   '],
    ['1,600 characters', 'a'.repeat(1600)],
    ['signs beyond the plain alphabet', '👩‍🦰💉❓'],
  ])('of %s gets an answer', async (_, words) => {
    expect(await desk.patient().ask(words)).not.toBe('');
  });

  it('that says little is asked what it is about, and people can find it', async () => {
    const patient = desk.patient();
    expect(await patient.ask('Hi, I have a quick question')).toContain('?');
    expect(await leadOf(patient)).toMatchObject([{ tags: ['needs-intent'] }]);
  });
});

describe('a card number in a text', () => {
  it('is redacted before anything is stored and answered with a fixed text', async () => {
    const patient = desk.patient();
    expect(await patient.ask('my card is 4111 1111 1111 1111 exp 12/27')).toMatch(/card/i);
    const stored = `from (select body from inbound_messages union all select payload::text from webhook_events) as t (body)
      where body ~ '4111.?1111'`;
    expect(await desk.count(stored)).toBe(0);
    expect(JSON.stringify(desk.simulators.bedrock.requests)).not.toContain('4111');
  });

  it('is only what could be one: other long numbers stay', async () => {
    const patient = desk.patient();
    await patient.ask('my member number is 4111-1111-1111-1112');
    expect(await desk.count("from inbound_messages where body like '%1111-1112'")).toBe(1);
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
    await patient.text('HELP');
    await untilAtRest(desk);
    expect(patient.texts()).toHaveLength(before + 1);
    await patient.text('start');
    await untilAtRest(desk);
    expect(await isOptedOut(patient)).toBe(false);
    await patient.ask('How much is a facial?');
  });

  it('are not answered again when the carrier already did', async () => {
    const patient = desk.patient();
    await patient.ask('Hi');
    await patient.text('STOP');
    await untilAtRest(desk);
    expect(patient.texts()).toHaveLength(1);
    expect(desk.simulators.telnyx.autoresponses.filter(({ to }) => to === patient.number)).toHaveLength(1);
    expect(await isOptedOut(patient)).toBe(true);
  });

  it('end texts on every path: also the missed call, the link and the confirmation', async () => {
    const patient = desk.patient();
    const link = await walkToLink(desk, patient);
    await patient.text('STOP ALL');
    await untilAtRest(desk);
    const before = patient.texts().length;
    await desk.simulators.square.pay(link);
    await (await patient.call()).hangUp('originator_cancel');
    await untilAtRest(desk);
    expect(patient.texts()).toHaveLength(before);
    const booked =
      "from appointments a join contacts c on c.id = a.contact_id where c.phone = $1 and state = 'confirmed'";
    expect(await desk.count(booked, patient.number)).toBe(1);
  });

  it.each(['I want to stop', 'Please stop', 'stop all'])('are understood in "%s"', async (words) => {
    const patient = desk.patient();
    await patient.ask('Hi');
    await patient.text(words);
    expect(await isOptedOut(patient)).toBe(true);
  });

  it.each([
    'Cancel my appointment for Friday',
    'End of the week works',
    'Stop by tomorrow?',
    'help me pick a day',
    'info on botox',
    'Start with a facial',
  ])('are not seen in "%s"', async (words) => {
    const patient = desk.patient();
    expect(await patient.ask(words)).not.toMatch(/unsubscribed|resubscribed|no more texts/i);
    expect(await isOptedOut(patient)).toBe(false);
  });
});

describe('a question of health', () => {
  it.each(['Is my swelling normal after filler?', 'Is it normal to bruise after lip filler?'])(
    'such as "%s" is left to the clinic, and nothing of it is kept on the lead',
    async (words) => {
      const patient = desk.patient();
      const reply = await patient.ask(words);
      expect(reply).toMatch(/medical advice/i);
      expect(reply).toMatch(/911/);
      expect(await tasksOf(patient)).toBe(1);
      expect(JSON.stringify(await leadOf(patient))).not.toMatch(/swell|bruis|filler/i);
      expect(JSON.stringify(desk.simulators.bedrock.requests)).not.toContain(words);
      const staff = desk.simulators.telnyx.accepted.filter(({ to }) => to === clinic.staff[0]?.phone);
      expect(JSON.stringify(staff)).not.toMatch(/swell|bruis/i);
    },
  );

  it.each([
    "I'm an existing client interested in weight loss",
    'I have been before, can I book botox',
    'Can I book a facial?',
    'Can I get Botox on Friday?',
    "I'm still deciding",
    "I'm investing in myself this year",
  ])('is not seen in "%s"', async (words) => {
    expect(await desk.patient().ask(words)).not.toMatch(/medical advice/i);
  });
});

describe('a call', () => {
  it('that nobody answers is texted back once, and once per caller in a while', async () => {
    const patient = desk.patient();
    for (const cause of ['originator_cancel', 'timeout'] as const) await (await patient.call()).hangUp(cause);
    await patient.hears(/missed your call/i);
    await untilAtRest(desk);
    expect(patient.texts()).toHaveLength(1);
    expect(await desk.count('from calls where from_number = $1 and outcome is not null', patient.number)).toBe(2);
  });

  it('that was answered is left alone', async () => {
    const patient = desk.patient();
    const call = await patient.call();
    await call.answer();
    await call.hangUp('normal_clearing');
    await until('it is judged', async () => {
      const answered = "from calls where from_number = $1 and outcome = 'answered'";
      return (await desk.count(answered, patient.number)) === 1;
    });
    await untilAtRest(desk);
    expect(patient.texts()).toEqual([]);
  });
});

describe('a deposit', () => {
  it('has the amount of the service where the clinic set one', async () => {
    const patient = desk.patient(dearFiller);
    const words = "Hi, I'm Gia, a new client. I'd like lip filler, any weekday afternoon works.";
    await askForTimes(patient, words);
    expect(await pickFirstTime(patient)).toContain('$100');
    const link = await agree(desk, patient);
    const made = desk.simulators.square.links.find(({ url }) => url === link);
    expect(made?.order.total_money).toEqual({ amount: 10_000, currency: 'USD' });
  });

  it('is asked for by no doubt and no question, but by a plain yes', async () => {
    const patient = desk.patient(dearFiller);
    await askForTimes(patient);
    await pickFirstTime(patient);
    for (const words of [
      'Okay but is the payment refundable?',
      "I'm not sure about the deposit",
      'yes but can I do it later this week',
      "I'll pay cash at the clinic",
    ]) {
      await patient.ask(words);
    }
    await untilAtRest(desk);
    expect(patient.texts().join(' ')).not.toContain('http');
    const before = patient.texts().length;
    await patient.text('No problem, yes');
    await patient.hears(/https?:\/\//, before);
  });

  it('that fails to be paid is answered with how to try again, and can still be paid', async () => {
    const patient = desk.patient();
    const link = await walkToLink(desk, patient);
    const before = patient.texts().length;
    await desk.simulators.square.fail(link);
    expect(await patient.hears(/try again/i, before)).toContain(link);
    await untilAtRest(desk);
    expect(await leadOf(patient)).toMatchObject([{ deposit_status: 'failed' }]);
    await desk.simulators.square.pay(link);
    await patient.hears(/You're booked/, before);
    await untilAtRest(desk);
  });

  it('is not offered by a clinic without an account; staff are told', async () => {
    const patient = desk.patient(withoutAccount);
    await askForTimes(patient);
    const before = patient.texts().length;
    await patient.text('The first one works for me');
    await patient.hears(/team/i, before);
    await untilAtRest(desk);
    expect(patient.texts().join(' ')).not.toContain('http');
    const task = "from staff_tasks where kind = 'no-deposit-account' and org_id = $1";
    expect(await desk.count(task, withoutAccount.id)).toBe(1);
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
    const told = replies.find((text) => !/deposit/i.test(text));
    expect(told).toMatch(/taken|no longer|just/i);
    expect(told).toMatch(/\d ?[AP]M/i);
    expect(await desk.count("from appointments where org_id = $1 and state = 'held'", other.id)).toBe(1);
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
    expect(JSON.stringify(desk.simulators.bedrock.requests.at(-1))).not.toMatch(/Ana\b/);
    expect(await desk.count('from contacts where phone = $1', ana.number)).toBe(2);
  });
});

describe('a model that fails', () => {
  it('is covered by an honest text and a hand-over, never by silence', async () => {
    const patient = desk.patient();
    desk.simulators.bedrock.misbehave({ kind: 'exception', type: 'ValidationException' });
    expect(await patient.ask('How much is botox?')).toMatch(/team|person|someone/i);
    desk.simulators.bedrock.behave();
    await untilAtRest(desk);
    expect(await tasksOf(patient)).toBe(1);
  });
});

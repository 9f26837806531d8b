import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@frontdesk/testkit';
import { agree, askForTimes, clinicNumber, openDesk, pickFirstTime } from '../src/index.ts';
import { untilAtRest, walkToLink, type Desk, type Patient } from '../src/index.ts';

type Story = { patient: Patient; link?: string };
type Stories = Record<keyof typeof tellers, Promise<Story>>;

/** Time passes for real in other processes, so it passes quickly. */
const shortDeadlines = {
  'conversation-worker': { HOLD_SECONDS: '5' },
  payments: { HOLD_SECONDS: '5', LINK_DELAY_NOTICE_MS: '1000', SQUARE_TIMEOUT_MS: '1000' },
};
const [clinic, stillFree, takenMeanwhile] = [clinicNumber(20), clinicNumber(21), clinicNumber(22)];

const tellers = {
  async carrierWasBusy(desk: Desk): Promise<Story> {
    const patient = desk.patient();
    const where = ({ body }: { body: string }) => body.includes(patient.number);
    desk.simulators.telnyx.misbehave({ kind: 'answer', status: 429 }, { times: 2, where });
    await patient.ask('What are your hours on Saturday?');
    return { patient };
  },
  async squareWasAway(desk: Desk): Promise<Story> {
    const patient = desk.patient();
    await askForTimes(patient);
    await pickFirstTime(patient);
    const where = ({ method, body }: { method: string; body: string }) =>
      method === 'POST' && body.includes(String(clinic.depositAccount?.squareLocationId));
    desk.simulators.square.misbehave({ kind: 'accept-then-fail' }, { times: 1, where });
    desk.simulators.square.misbehave({ kind: 'answer', status: 503 }, { times: 1, where });
    return { patient, link: await agree(desk, patient) };
  },
  async holdRanOut(desk: Desk): Promise<Story> {
    const patient = desk.patient(stillFree);
    const link = await walkToLink(desk, patient);
    await patient.hears(/open again/);
    return { patient, link };
  },
  async paidTooLate(desk: Desk): Promise<Story> {
    const [patient, rival] = [desk.patient(takenMeanwhile), desk.patient(takenMeanwhile)];
    const link = await walkToLink(desk, patient);
    await patient.hears(/open again/);
    await askForTimes(rival, "Hi, it's Ben, I've been to you before. I'd like botox, any weekday afternoon works.");
    await rival.ask('The first one works');
    await rival.text('Yes please');
    await rival.hears(/You're booked/);
    await desk.simulators.square.pay(link, { evenIfDeleted: true });
    await patient.hears(/already taken/);
    return { patient, link };
  },
};

const modes = {
  'alarms alone': { settings: { SWEEP_EVERY_MS: '3600000' }, prepare: async () => {}, mode: 'services' as const },
  'sweeps alone, as all alarms are lost': {
    settings: {},
    prepare: (desk: Desk) => desk.rows.query('drop schema bullmq cascade'),
    mode: 'services' as const,
  },
  'alarms alone, in one process': {
    settings: { SWEEP_EVERY_MS: '3600000' },
    prepare: async () => {},
    mode: 'one-process' as const,
  },
};
const desks = new Map<string, { desk: Desk; stories: Stories }>();

beforeAll(async () => {
  const opening = Object.entries(modes).map(async ([name, { settings, prepare, mode }]) => {
    const desk = await openDesk([clinic, stillFree, takenMeanwhile], {
      mode,
      environment: { ...shortDeadlines, all: settings },
    });
    await prepare(desk);
    const told = Object.entries(tellers).map(([story, tell]) => [story, tell(desk)] as const);
    for (const [, story] of told) story.catch(() => {}); // shown by its test
    desks.set(name, { desk, stories: Object.fromEntries(told) as Stories }); // one for each teller
  });
  await Promise.all(opening);
}, 180_000);
afterAll(() => Promise.all([...desks.values()].map(({ desk }) => desk.close())));

function of(mode: string): { desk: Desk; stories: Stories } {
  const found = desks.get(mode);
  if (found === undefined) throw new Error(`no desk for ${mode}`);
  return found;
}

describe.each(Object.keys(modes))('what is due is done by %s:', (mode) => {
  it('a text that the carrier would not take at first leaves once', async () => {
    const { patient } = await of(mode).stories.carrierWasBusy;
    expect(patient.texts()).toHaveLength(1);
  }, 180_000);

  it('a link that Square could not make at first is made once, and a wait for it is told at most once', async () => {
    const { desk, stories } = of(mode);
    const { patient, link } = await stories.squareWasAway;
    // Whether the wait was long enough to be told of hangs on the jitter of the retries.
    expect(patient.texts().filter((text) => /longer than usual/.test(text)).length).toBeLessThanOrEqual(1);
    expect(patient.texts().filter((text) => text.includes(String(link)))).toHaveLength(1);
    const made = desk.simulators.square.links.filter(
      ({ merchantId }) => merchantId === clinic.depositAccount?.merchantId,
    );
    expect(made).toHaveLength(1);
  }, 180_000);

  it('a hold that runs out is released, its link takes no money, and the patient is offered new times', async () => {
    const { desk, stories } = of(mode);
    const { patient, link } = await stories.holdRanOut;
    expect(patient.texts().filter((text) => /open again/.test(text))).toEqual([
      expect.stringMatching(/I can offer .*\d ?[AP]M.*Which works/),
    ]);
    await expect(desk.simulators.square.pay(String(link))).rejects.toThrow(/./);
  }, 180_000);

  it('a payment that comes late books the time while it is free', async () => {
    const { desk, stories } = of(mode);
    const { patient, link } = await stories.holdRanOut;
    await desk.simulators.square.pay(String(link), { evenIfDeleted: true });
    await patient.hears(/You're booked/);
  }, 180_000);

  it('a payment that comes when somebody else has the time is safe, with new times and a task for staff', async () => {
    const { desk, stories } = of(mode);
    const { patient } = await stories.paidTooLate;
    expect(patient.texts().filter((text) => /already taken/.test(text))).toEqual([
      expect.stringMatching(/deposit is safe.*I can offer .*\d ?[AP]M/),
    ]);
    await until('a task for staff', async () => {
      const tasks = await desk.count(
        "from staff_tasks where kind = 'paid-without-slot' and org_id = $1",
        takenMeanwhile.id,
      );
      return tasks === 1;
    });
  }, 180_000);

  it('and nothing is left open', async () => {
    await untilAtRest(of(mode).desk);
  }, 180_000);
});

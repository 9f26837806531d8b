import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { services } from '@frontdesk/contracts';
import { agree, askForTimes, clinicNumber, openDesk, repeatAllMessages, untilAtRest } from '../src/index.ts';
import type { Desk, Patient } from '../src/index.ts';

const [clinic, sought] = [clinicNumber(30), clinicNumber(31)];
const questions = ['Hi', 'How much is botox?', 'and where are you?'];
let desk: Desk;
let webhookUrls: string[];
beforeAll(async () => {
  desk = await openDesk([clinic, sought]);
  const more = await Promise.all(services.map((service) => desk.startInstance(service)));
  webhookUrls = [desk.webhookUrl, ...more.filter(({ name }) => name === 'webhook-ingress').map(({ url }) => url)];
}, 90_000);
afterAll(() => desk?.close());

/** As a load balancer does: each next webhook goes to the next instance. */
function balance(): void {
  const [url = ''] = webhookUrls;
  webhookUrls = [...webhookUrls.slice(1), url];
  desk.simulators.telnyx.setWebhookUrls({
    messages: `${url}/webhooks/telnyx/messages`,
    voice: `${url}/webhooks/telnyx/voice`,
  });
}

async function askInABurst(patient: Patient): Promise<void> {
  await Promise.all(
    questions.map((words) => {
      balance();
      return patient.text(words);
    }),
  );
  await patient.hears(/\$12/);
}

/** Chooses until a time is theirs, agrees and pays. */
async function book(patient: Patient): Promise<void> {
  balance();
  let answer = await askForTimes(patient);
  for (let tries = 0; tries < 20 && !/deposit/i.test(answer); tries += 1) {
    balance();
    // The very same words within moments would be the carrier's repeat.
    answer = await patient.ask(`The first one works for me${'!'.repeat(tries)}`);
  }
  const link = await agree(desk, patient);
  await desk.simulators.square.pay(link, { order: 'together', copies: 2 });
  await patient.hears(/You're booked/);
}

/** How many rows there are of everything that is ever said, done, owed or written down. */
async function sizes(): Promise<Record<string, number>> {
  const tables = [
    'inbound_messages',
    'outbound_messages',
    'send_attempts',
    'turns',
    'time_offers',
    'appointments',
    'deposits',
    'ledger_entries',
    'staff_tasks',
    'event_log',
    'audit_log',
  ];
  const counted = await Promise.all(tables.map(async (table) => [table, await desk.count(`from ${table}`)] as const));
  return { ...Object.fromEntries(counted), textsThatLeft: desk.simulators.telnyx.accepted.length };
}

describe('two instances of each service under a burst of thirty patients', () => {
  it('answer everybody, book everybody another time, and do nothing twice', async () => {
    const asking = Array.from({ length: 22 }, () => desk.patient(clinic));
    const booking = Array.from({ length: 8 }, () => desk.patient(sought));
    await Promise.all([...asking.map(askInABurst), ...booking.map(book)]);
    await untilAtRest(desk);
    expect(await desk.count('from inbound_messages where org_id = $1', clinic.id)).toBe(66);
    expect(await desk.count("from appointments where state = 'confirmed'")).toBe(8);
    for (const patient of booking) {
      expect(patient.texts().filter((text) => text.includes("You're booked"))).toHaveLength(1);
      expect(patient.texts().filter((text) => text.includes('http'))).toHaveLength(1);
    }
  }, 120_000);

  it('do nothing again when every message comes once more, in another order', async () => {
    const before = await sizes();
    expect(await repeatAllMessages(desk)).toBe(before['event_log']);
    await untilAtRest(desk);
    expect(await sizes()).toEqual(before);
  }, 180_000);
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { catalogue } from '@frontdesk/contracts';
import { newId, systemClock } from '@frontdesk/kernel';
import {
  continueReplay,
  planReplay,
  requestReplay,
  tellStory,
  type ReplayMode,
  type StoryNode,
} from '@frontdesk/operations';
import { drainOutbox } from '@frontdesk/queue';
import { until } from '@frontdesk/testkit';
import { clinicNumber, openDesk, untilAtRest, walkToLink } from '../src/index.ts';
import type { Desk, Patient } from '../src/index.ts';

const [clinic, rejecting] = [clinicNumber(40, { followUps: { afterOffer: 600 } }), clinicNumber(41)];
const types = catalogue.map(({ type }) => type);
const picture = { contentType: 'image/jpeg', bytes: Buffer.from('ffd8ffe000104a464946', 'hex') };
let desk: Desk;
let operator: ReturnType<Desk['server']['asOperator']>;
let ana: Patient;
beforeAll(async () => {
  desk = await openDesk([clinic, rejecting]);
  operator = desk.server.asOperator();
  await desk.rows.query("update phone_numbers set call_handling = 'reject' where org_id = $1", [rejecting.id]);
  ana = desk.patient(clinic);
  const bob = desk.patient(rejecting);
  const cleo = desk.patient(clinic);
  const dana = desk.patient(clinic);
  await Promise.all([
    booked(ana),
    bob.call().then(() => bob.hears(/missed your call/i)),
    cleo.text('please just cross me off', { media: [picture] }).then(() => cleo.hears(/no more texts/)),
    answeredOnWhatsApp(dana),
    numberBought(),
  ]);
  await untilAtRest(desk);
}, 120_000);
afterAll(() => desk?.close());

/** A missed call, a keyword, a booking that is paid: most types of event. */
async function booked(patient: Patient): Promise<void> {
  await patient.callInVain();
  await patient.hears(/missed your call/i);
  await patient.ask('info');
  const link = await walkToLink(desk, patient);
  await desk.simulators.square.pay(link);
  await patient.hears(/You're booked/);
}

async function answeredOnWhatsApp({ number }: Patient): Promise<void> {
  const { meta } = desk.simulators;
  await meta.receiveText({ from: number, to: clinic.location.number, text: 'What are your hours?' });
  await until('an answer on WhatsApp', () => meta.accepted.some(({ to }) => to === number));
}

async function numberBought(): Promise<void> {
  const token = await desk.issuer.mint({ orgs: { [clinic.id]: 'owner' } });
  const { status } = await fetch(`${desk.services.api.url}/admin/number-orders`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': newId() },
    body: JSON.stringify({ orgId: clinic.id, number: '+14805550200' }),
  });
  expect(status).toBe(202);
  await until(
    'a number is bought',
    async () => (await desk.count("from number_orders where state = 'assigned'")) === 1,
  );
}

/** The desk asks by its own clock, too, which webhooks it may have missed. */
const isTimed = ({ path }: { path: string }) => path.startsWith('/v2/webhook_deliveries');

/** Everything that ever left the house. */
const left = ({ simulators: { telnyx, meta, square, bedrock } }: Desk) => ({
  telnyx: telnyx.requests.filter((request) => !isTimed(request)).length,
  square: square.requests.length,
  model: bedrock.requests.length,
  meta: meta.requests.length,
  texts: telnyx.accepted.length + meta.accepted.length,
  numbers: telnyx.orders().length,
  links: square.links.length,
});

async function replay(type: string, mode: ReplayMode): Promise<number> {
  const selection = { types: [type], since: '2020-01-01T00:00:00Z' };
  const request = { selection, perSecond: 1_000, operator: 'ada', ...mode };
  const { number } = await requestReplay(operator, request, systemClock);
  const publish = () => drainOutbox({ pool: operator.pool, producer: 'operations', sqs: desk.sqs });
  const done = await continueReplay(number, { database: operator, publish, pace: async () => {}, clock: systemClock });
  await untilHandled(number);
  return done.replayed;
}

/** Each event of the replay is in an inbox, under its own id or that of the replay. */
const untilHandled = (number: number) =>
  until(`replay ${number} is handled`, async () => {
    const { rows } = await desk.rows.query<{ open: number }>(
      `select count(*)::int as open from event_log e
       where (e.envelope -> 'replay' ->> 'number')::int = $1 and not exists (select from inbox i
         where i.event_id = case when e.envelope -> 'replay' ->> 'inbox' = 'bypassed'
           then e.event_id || ':r' || $1::int else e.event_id::text end
           or i.event_id = e.event_id || ':r' || $1::int)`,
      [number],
    );
    return rows[0]?.open === 0;
  });

describe('a replay of everything that happened', () => {
  it('finds every type of event', async () => {
    const plan = await planReplay(
      operator,
      { since: '2020-01-01T00:00:00Z' },
      { inbox: 'respected', effects: 'withheld' },
    );
    expect(plan.types.map(({ type }) => type).toSorted()).toEqual(types.toSorted());
    expect(plan.types.filter(({ events, handled }) => events !== handled)).toEqual([]);
  });

  it.each(types)(
    'lets nothing leave while its effects are withheld, though the inbox is bypassed: %s',
    async (type) => {
      const before = left(desk);
      expect(await replay(type, { inbox: 'bypassed', effects: 'withheld' })).toBeGreaterThan(0);
      await untilAtRest(desk);
      expect(left(desk)).toEqual(before);
    },
  );

  it.each(types)(
    'sends no text, makes no link and buys no number a second time with its effects allowed: %s',
    async (type) => {
      const { texts, links, model, numbers } = left(desk);
      expect(await replay(type, { inbox: 'bypassed', effects: 'allowed' })).toBeGreaterThan(0);
      await untilAtRest(desk);
      expect(left(desk)).toMatchObject({ texts, links, model, numbers });
    },
  );

  it('is absorbed by every inbox that is respected', async () => {
    const before = left(desk);
    for (const type of types) await replay(type, { inbox: 'respected', effects: 'allowed' });
    await untilAtRest(desk);
    expect(left(desk)).toEqual(before);
  });
});

describe('the trace of a story', () => {
  const staffTexts = () => desk.simulators.telnyx.accepted.filter(({ to }) => to === clinic.staff[0]?.phone).length;
  const flat = (nodes: readonly StoryNode[]): StoryNode[] => nodes.flatMap((node) => [node, ...flat(node.children)]);

  it('is the same tree, whatever in it was named', async () => {
    const { rows } = await desk.rows.query<{ id: string; conversation_id: string }>(
      'select id, conversation_id from outbound_messages where to_number = $1 and class = $2 order by seq limit 1',
      [ana.number, 'reply'],
    );
    const [text] = rows;
    const whole = await tellStory(operator, text?.conversation_id ?? '');
    expect((await tellStory(operator, text?.id ?? '')).roots).toEqual(whole.roots);
    const anEvent = flat(whole.roots).find(({ kind }) => kind === 'event');
    expect((await tellStory(operator, anEvent?.id ?? '')).roots).toEqual(whole.roots);
    await expect(tellStory(operator, clinic.id)).rejects.toThrow(/nothing that is kept/);
  });

  it('leads from the webhook over events and texts to the answer of the carrier, and to the replays', async () => {
    const { rows } = await desk.rows.query<{ id: string }>(
      'select v.id from conversations v join contacts c on c.id = v.contact_id where c.phone = $1',
      [ana.number],
    );
    const { roots } = await tellStory(operator, rows[0]?.id ?? '');
    expect(roots.filter(({ kind }) => kind !== 'webhook' && kind !== 'event')).toEqual([]);
    const asked = roots.find(({ what }) => what === 'telnyx message.received');
    const chain = (node: StoryNode | undefined, ...kinds: string[]): StoryNode | undefined =>
      kinds.reduce<StoryNode | undefined>((at, kind) => at?.children.find((child) => child.what.includes(kind)), node);
    expect(chain(asked, 'keyword-received')).toMatchObject({ by: 'messaging-worker', state: 'handled' });
    expect(flat(roots).filter(({ kind }) => kind === 'turn').length).toBeGreaterThan(0);
    const sent = flat(roots).filter(({ kind, state }) => kind === 'attempt' && state === 'accepted');
    expect(sent.length).toBe(ana.texts().length + staffTexts());
    expect(flat(roots).some(({ state }) => state === 'noted: its effects are withheld')).toBe(true);
    expect(flat(roots).some(({ state }) => state === 'absorbed by the inbox')).toBe(true);
    expect(JSON.stringify(roots)).not.toMatch(/botox|Ana|\+1602/i);
  });
});

describe('a withheld replay of what was never said', () => {
  it('keeps the answer in the house for good, whatever looks for open work', async () => {
    await desk.rows.query(
      `with gone as (select id from outbound_messages where cause_key like 'keyword:%'),
         tries as (delete from send_attempts where message_id in (select id from gone))
       delete from outbound_messages where id in (select id from gone)`,
    );
    const before = left(desk);
    await replay('messaging.keyword-received.v1', { inbox: 'bypassed', effects: 'withheld' });
    const { rows } = await desk.rows.query(
      "select state, reason, next_attempt_at, attempts from outbound_messages where cause_key like 'keyword:%'",
    );
    expect(rows).toEqual([
      { state: 'suppressed', reason: expect.stringContaining('withheld'), next_attempt_at: null, attempts: 0 },
    ]);
    expect((await desk.rows.query("select * from due_sends(now() + interval '1 year', 100)")).rows).toEqual([]);
    expect(left(desk)).toEqual(before);
  });
});

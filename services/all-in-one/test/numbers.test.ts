import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { present } from '@frontdesk/kernel';
import { until } from '@frontdesk/testkit';
import { startDeskWithTelnyx, type DeskWithTelnyx } from './desk-with-telnyx.ts';

let desk: DeskWithTelnyx;
beforeAll(async () => {
  desk = await startDeskWithTelnyx();
});
afterEach(() => desk.telnyx.behave());
afterAll(() => desk.stop());

async function buy(): Promise<{ number: string; path: string }> {
  const { body } = await desk.ask('/available-numbers');
  const [first] = body['items'] as { number: string }[]; // as the schema says
  const { number } = present(first, 'a number for sale');
  const ordered = await desk.ask('/number-orders', { number });
  expect(ordered.status).toBe(202);
  return { number, path: `/number-orders/${String(ordered.body['id'])}` };
}

const owned = (number: string) => desk.telnyx.accountNumbers().filter((each) => each.number === number);
const pdf = Buffer.from('%PDF-1.7\ntrailer\n%%EOF\n').toString('base64');

describe('a number that a clinic buys', () => {
  it('is bought once and takes texts, though the carrier’s news comes late, three times and backwards', async () => {
    desk.telnyx.planOrders({ hold: true });
    desk.telnyx.planNews({ copies: 3, hold: true }, 10);
    const { number, path } = await buy();
    await desk.untilState(path, 'ordering');
    const order = present(await ordersOf(number), 'its order');
    desk.telnyx.completeOrder(order.id, 'success');
    await desk.telnyx.releaseNews('reversed');
    expect(await desk.untilState(path, 'assigned')).toMatchObject({ reason: null });
    expect(owned(number)).toHaveLength(1);
    const { body } = await desk.ask('/numbers');
    expect(body['items']).toContainEqual(expect.objectContaining({ number, origin: 'bought', callHandling: 'ring' }));
    const [profile] = await desk.rows<{ profile_id: string }>('select profile_id from carrier_profiles');
    expect(owned(number)[0]?.profileId).toBe(profile?.profile_id);

    await desk.telnyx.receiveText({ from: '+16025550142', to: number, text: 'Are you open?' });
    const received = await desk.rows('select from inbound_messages where to_number = $1', number);
    expect(received).toHaveLength(1);

    const released = await desk.ask('/numbers:release', { number });
    expect(released.status).toBe(202);
    const done = 'select from number_releases where id = $1 and state = $2';
    await until('it is given back', async () => (await desk.rows(done, released.body['id'], 'released')).length === 1);
    expect(owned(number)).toEqual([]);
  });

  it('goes back to the carrier when it cannot be set up, and the clinic reads why', async () => {
    desk.telnyx.refuseRequests('10015', { times: 1, where: ({ method }) => method === 'PATCH' });
    const { number, path } = await buy();
    const order = await desk.untilState(path, 'released');
    expect(order).toMatchObject({
      reason: expect.stringMatching(/^Telnyx says: /),
      next: expect.stringMatching(/Order/),
    });
    expect(owned(number)).toEqual([]);
    const { body } = await desk.ask('/numbers');
    expect(JSON.stringify(body['items'])).not.toContain(number);
    const tasks = await desk.rows('select from staff_tasks where reason like $1', `%${number}%`);
    expect(tasks).toHaveLength(1);
  });
});

describe('a line whose texts are hosted', () => {
  it('goes from order to activated by code and documents, whatever order the news come in', async () => {
    const number = '+14805550177';
    const checked = await desk.ask('/hosted-numbers:check', { numbers: [number, '+14805550178'] });
    expect(checked.body['items']).toContainEqual(expect.objectContaining({ number, eligible: true }));
    desk.telnyx.planNews({ copies: 2, hold: true }, 3);
    const { body } = await desk.ask('/hosted-orders', { number });
    const path = `/hosted-orders/${String(body['id'])}`;
    expect(await desk.untilState(path, 'verifying')).toMatchObject({ step: 'verify' });

    expect((await desk.ask(`${path}:send-code`, { method: 'call' })).body).toEqual({ sent: true, leftToday: 4 });
    expect((await desk.ask(`${path}:send-code`, { method: 'call' })).status).toBe(429);
    const wrong = await desk.ask(`${path}:confirm-code`, { code: '000000' });
    expect([wrong.status, JSON.stringify(wrong.body['errors'])]).toEqual([
      422,
      expect.stringContaining('4 tries are left'),
    ]);
    const { id } = present(desk.telnyx.hostedOrders().at(-1), 'the order');
    const code = present(desk.telnyx.hostedCode(id, number), 'the code');
    expect((await desk.ask(`${path}:confirm-code`, { code })).body).toEqual({ verified: true });
    expect(await desk.untilState(path, 'documents-wanted')).toMatchObject({ step: 'send-documents' });

    const noPdf = Buffer.from('<html></html>').toString('base64');
    expect((await desk.ask(`${path}:documents`, { loa: noPdf, bill: pdf })).status).toBe(422);
    // Larger than what other routes take.
    const long = Buffer.from(`%PDF-1.7\n${'x'.repeat(200_000)}\n%%EOF\n`).toString('base64');
    expect((await desk.ask(`${path}:documents`, { loa: long, bill: pdf })).status).toBe(202);
    await desk.untilState(path, 'in-review');
    expect(Buffer.from(desk.telnyx.hostedDocuments(id)?.bill ?? []).toString('base64')).toBe(pdf);
    expect(await desk.rows('select from hosted_documents')).toEqual([]);

    desk.telnyx.moveHostedOrder(id, 'provisioning');
    desk.telnyx.moveHostedOrder(id, 'successful');
    await desk.telnyx.releaseNews('reversed');
    await desk.untilState(path, 'activated');
    const numbers = (await desk.ask('/numbers')).body['items'];
    expect(numbers).toContainEqual(expect.objectContaining({ number, origin: 'hosted' }));
    const released = await desk.ask('/numbers:release', { number });
    const done = 'select from number_releases where id = $1 and state = $2';
    await until(
      'it is hosted no more',
      async () => (await desk.rows(done, released.body['id'], 'released')).length === 1,
    );
    expect(desk.telnyx.hostedOrders().at(-1)).toMatchObject({ id, status: 'deleted' });
    const again = await desk.ask(`${path}:cancel`, {});
    expect([again.status, again.body['code']]).toEqual([409, 'conflict']);
  });
});

const ordersOf = async (number: string) => {
  await until('the order', () => desk.telnyx.orders().some(({ numbers }) => numbers.includes(number)));
  return desk.telnyx.orders().find(({ numbers }) => numbers.includes(number));
};

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { clinicNumber, modes, openDesk, type Desk } from '../src/index.ts';

const clinic = clinicNumber(8);
const receivedAt = new Date().toISOString();
let desk: Desk;

const event = (text: string) =>
  JSON.stringify({
    data: {
      record_type: 'event',
      event_type: 'message.received',
      id: '7a1f0c52-0000-4000-8000-00000000000a',
      occurred_at: '2026-11-20T15:04:05.120+00:00',
      payload: {
        record_type: 'message',
        direction: 'inbound',
        id: '4031aaaa-0000-4000-8000-00000000000b',
        type: 'SMS',
        from: { phone_number: '+16025559999' },
        to: [{ phone_number: clinic.location.number }],
        text,
        received_at: receivedAt,
      },
    },
  });
const seconds = () => Math.floor(Date.now() / 1000);
const post = (body: string, headers: Record<string, string>, path = '/webhooks/telnyx/messages') =>
  fetch(`${desk.webhookUrl}${path}`, {
    method: 'POST',
    body,
    headers: { 'content-type': 'application/json', ...headers },
  });
const sign = (body: string, at?: number) => desk.simulators.telnyx.sign(body, at);

describe.each(modes)('as %s: a webhook that cannot be trusted or read', (mode) => {
  beforeAll(async () => {
    desk = await openDesk([clinic], { mode, services: ['webhook-ingress'] });
  }, 180_000);
  afterAll(() => desk?.close());

  it.each<[string, number, () => Promise<Response>]>([
    ['without a signature', 401, () => post(event('a'), {})],
    ['with another body than was signed', 401, () => post(event('a'), sign(event('b')))],
    ['signed ten minutes ago', 401, () => post(event('a'), sign(event('a'), seconds() - 600))],
    ['signed ten minutes ahead', 401, () => post(event('a'), sign(event('a'), seconds() + 600))],
    ['cut off in the middle', 400, () => post(event('a').slice(0, 80), sign(event('a').slice(0, 80)))],
    ['that is no JSON', 400, () => post('hello', sign('hello'))],
    ['of another content type', 400, () => post(event('a'), { ...sign(event('a')), 'content-type': 'text/plain' })],
    ['larger than any webhook', 413, () => post('x'.repeat(2_000_000), sign('x'))],
    ['to an unknown path', 404, () => post(event('a'), sign(event('a')), '/webhooks/telnyx/faxes')],
    [
      "of Square's with a wrong signature",
      401,
      () => post('{}', { 'x-square-hmacsha256-signature': 'AAAA' }, '/webhooks/square'),
    ],
  ])('%s is refused with %i and leaves no row', async (_, status, send) => {
    const answer = await send();
    expect(answer.status).toBe(status);
    const body = await answer.text();
    expect(JSON.parse(body)).toMatchObject({ error: { code: expect.any(String), message: expect.any(String) } });
    expect(body).not.toMatch(/at .*\.ts|node_modules/);
    const { rows } = await desk.rows.query('select 1 from webhook_events union all select 1 from inbound_messages');
    expect(rows).toEqual([]);
  });

  it('is accepted when the clocks are four minutes apart', async () => {
    const answer = await post(event('a'), sign(event('a'), seconds() - 240));
    expect(answer.status).toBe(200);
    const { rows } = await desk.rows.query('select 1 from inbound_messages');
    expect(rows).toHaveLength(1);
  });
});

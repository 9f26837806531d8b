import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@frontdesk/testkit';
import { clinicNumber, openDesk, untilAtRest, type Desk } from '../src/index.ts';

const telnyxClinic = clinicNumber(1);
const twilioClinic = clinicNumber(2);
const location = {
  ...twilioClinic.location,
  carrier: 'twilio' as const,
  messagingProfileId: 'MG00000000000000000000000000000002',
};
const to = location.number;

describe('a clinic whose number is at Twilio', () => {
  let desk: Desk;
  beforeAll(async () => {
    desk = await openDesk([telnyxClinic, { ...twilioClinic, location }], { mode: 'one-process' });
  }, 180_000);
  afterAll(() => desk?.close());

  const twilio = () => desk.simulators.twilio;
  const textsTo = (person: string) => twilio().accepted.filter((text) => text.to === person);
  const hears = (person: string, pattern: RegExp) =>
    until(
      () => `a text like ${String(pattern)} after ${JSON.stringify(textsTo(person).map(({ text }) => text))}`,
      () => textsTo(person).find(({ text }) => pattern.test(text)),
    );
  const says = (from: string, text: string) => twilio().receiveText({ from, to, text });
  const stateOf = async (person: string) =>
    (
      await desk.rows.query<{ provider: string | null; state: string; n: number }>(
        `select a.provider, m.state, count(*)::int as n from outbound_messages m
           join send_attempts a on a.org_id = m.org_id and a.message_id = m.id
         where m.to_number = $1 group by 1, 2`,
        [person],
      )
    ).rows;

  it('answers a text by Twilio, from that number, and learns that it arrived', async () => {
    const ana = '+16023000001';
    expect(await says(ana, 'How much is botox?')).toMatchObject({
      status: 200,
      body: expect.stringContaining('<Response'),
    });
    const answer = await hears(ana, /\$12/);
    expect(answer).toMatchObject({ from: to, messagingProfileId: location.messagingProfileId });
    expect(new URL(answer.webhookUrl ?? '').pathname).toBe('/webhooks/twilio/messages/status');
    await untilAtRest(desk);
    expect(await stateOf(ana)).toEqual([{ provider: 'twilio', state: 'delivered', n: textsTo(ana).length }]);
  });

  it('texts a person whose call nobody took', async () => {
    const ben = '+16023000002';
    const call = await twilio().placeCall({ from: ben, to });
    expect(call.state()).toBe('over');
    expect((await hears(ben, /missed your call/i)).from).toBe(to);
    await untilAtRest(desk);
    expect(textsTo(ben)).toHaveLength(1);
  });

  it('obeys STOP, and leaves the confirmation to Twilio, which has given it', async () => {
    const cleo = '+16023000003';
    await says(cleo, 'STOP');
    await says(cleo, 'How much is botox?');
    await untilAtRest(desk);
    expect(textsTo(cleo)).toEqual([]);
    expect(twilio().autoresponses).toMatchObject([{ to: cleo, kind: 'STOP' }]);
    expect(await desk.count('from outbound_messages where to_number = $1', cleo)).toBe(0);
  });

  it('takes nothing that Twilio did not sign', async () => {
    const [webhook] = twilio().deliveries[0]?.tries ?? [];
    const body = webhook?.body.replace('botox', 'filler') ?? '';
    const answer = await fetch(webhook?.url ?? '', { method: 'POST', body, headers: webhook?.headers ?? {} });
    expect(answer.status).toBe(401);
  });

  it('leaves Telnyx alone', () => {
    expect(desk.simulators.telnyx.accepted).toEqual([]);
  });
});

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { startTwilioSimulator, type TwilioSimulator } from '../src/index.ts';

const CLINIC = '+15125550199';
const PATIENT = '+12125550100';

let twiml = '<Response/>';
let received: { path: string; form: Record<string, string> }[] = [];
let app: Server;
let twilio: TwilioSimulator;
beforeEach(async () => {
  twiml = '<Response><Dial action="/voice"><Number>+15125550123</Number></Dial></Response>';
  received = [];
  app = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
    request.on('end', () => {
      received.push({ path: request.url ?? '', form: Object.fromEntries(new URLSearchParams(body)) });
      response.writeHead(200, { 'content-type': 'text/xml' }).end(twiml);
    });
  });
  await new Promise<void>((resolve) => app.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(app.address() as AddressInfo).port}`; // of a TCP server
  twilio = await startTwilioSimulator({
    webhookUrls: { messages: `${url}/messages`, voice: `${url}/voice`, voiceStatus: `${url}/voice/status` },
  });
});
afterEach(async () => {
  await twilio.stop();
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
});

const placed = { from: PATIENT, to: CLINIC };
const told = () => received.map(({ path, form }) => [path, form['DialCallStatus'] ?? form['CallStatus']]);

describe('a call to the clinic', () => {
  it('rings, and ends with its status and moment', async () => {
    const call = await twilio.placeCall({ ...placed, callerName: 'ANA R', forwardedFrom: '+15125550123' });
    await call.hangUp();
    expect(received[0]?.form).toMatchObject({
      CallSid: call.sid,
      CallStatus: 'ringing',
      Direction: 'inbound',
      From: PATIENT,
      To: CLINIC,
      CallerName: 'ANA R',
      ForwardedFrom: '+15125550123',
    });
    expect(received[1]?.path).toBe('/voice/status');
    expect(received[1]?.form).toMatchObject({ CallSid: call.sid, CallStatus: 'no-answer', CallDuration: '0' });
    expect(received[1]?.form['Timestamp']).toMatch(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} \+0000$/);
    expect(await call.hangUp()).toBeNull();
  });

  it.each([
    ['<Response><Reject reason="busy"/></Response>', 'busy'],
    ["<Response><Reject reason='busy' /></Response>", 'busy'],
    ['<Response><Reject/></Response>', 'no-answer'],
  ])('ends at once by %s', async (answer, status) => {
    twiml = answer;
    const call = await twilio.placeCall(placed);
    expect(call.state()).toBe('over');
    expect(told()).toEqual([
      ['/voice', 'ringing'],
      ['/voice/status', status],
    ]);
  });

  it('that Twilio answers itself ends as completed', async () => {
    twiml = '<Response><Say>Hello</Say></Response>';
    const call = await twilio.placeCall(placed);
    expect(call.state()).toBe('in-progress');
    await call.hangUp();
    expect(told().at(-1)).toEqual(['/voice/status', 'completed']);
  });

  it('that is forwarded tells how the clinic’s phone ended', async () => {
    const call = await twilio.placeCall(placed);
    expect(call.state()).toBe('ringing');
    await call.endDial('no-answer');
    await call.hangUp('canceled');
    expect(told()).toEqual([
      ['/voice', 'ringing'],
      ['/voice', 'no-answer'],
      ['/voice/status', 'canceled'],
    ]);
  });

  it('can tell its events late, in reverse, and again', async () => {
    const call = await twilio.placeCall({ ...placed, hold: true });
    await call.answer();
    await call.hangUp();
    expect(told()).toEqual([]);
    await call.deliverEvents('reversed');
    await call.repeat('call.completed');
    expect(told().map(([, status]) => status)).toEqual(['completed', 'in-progress', 'ringing', 'completed']);
  });
});

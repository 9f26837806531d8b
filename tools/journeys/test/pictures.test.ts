import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { until } from '@frontdesk/testkit';
import { clinicNumber, openDesk, untilAtRest, type Desk } from '../src/index.ts';

const telnyxClinic = clinicNumber(3);
const twilioClinic = clinicNumber(4);
const atTwilio = {
  ...twilioClinic,
  location: { ...twilioClinic.location, carrier: 'twilio' as const, messagingProfileId: `MG${'4'.repeat(32)}` },
};
const picture = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF'), Buffer.alloc(64, 3)]);
const media = [{ contentType: 'image/jpeg', bytes: picture }];
/** Where the local stack keeps files. */
const folder = fileURLToPath(new URL('../../../.frontdesk/media/', import.meta.url));

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk([telnyxClinic, atTwilio], { mode: 'one-process' });
}, 180_000);
afterAll(() => desk?.close());

const textsTo = (carrier: 'telnyx' | 'twilio', person: string) =>
  desk.simulators[carrier].accepted.filter(({ to }) => to === person).map(({ text }) => text);
const filesOf = async (person: string) =>
  (
    await desk.rows.query<{ state: string; storage_key: string }>(
      `select d.state, d.storage_key from inbound_media d
       join inbound_messages m on m.org_id = d.org_id and m.id = d.message_id where m.from_number = $1`,
      [person],
    )
  ).rows;

describe.each([
  ['telnyx', telnyxClinic.location.number, '+16024000001'],
  ['twilio', atTwilio.location.number, '+16024000002'],
] as const)('a picture without a word, over %s', (carrier, to, from) => {
  it('is kept, and the person is told honestly that the desk cannot look at it', async () => {
    await desk.simulators[carrier].receiveText({ from, to, text: '', media });
    await until('an answer', () => textsTo(carrier, from).some((text) => /can't look at pictures/.test(text)));
    await until('the picture is stored', async () => (await filesOf(from))[0]?.state === 'stored');
    await untilAtRest(desk);
    expect(textsTo(carrier, from)).toHaveLength(1);
    const [file] = await filesOf(from);
    expect(await readFile(`${folder}${file?.storage_key}`)).toEqual(picture);
  });
});

describe('a picture', () => {
  it('is told to the model by its kind alone, never by where it is', () => {
    const asked = JSON.stringify(desk.simulators.bedrock.requests);
    expect(asked).toContain('[picture]');
    expect(asked).not.toMatch(/\/media\/|\/Media\//i);
  });
});

describe('a call to a number at Twilio', () => {
  const to = atTwilio.location.number;
  const twilio = () => desk.simulators.twilio;
  const texts = (person: string) => textsTo('twilio', person).filter((text) => /missed your call/i.test(text));

  it('that nobody takes leads to one text', async () => {
    const call = await twilio().placeCall({ from: '+16024000003', to });
    await until('the text', () => texts('+16024000003').length > 0);
    await call.repeat('call.busy');
    await untilAtRest(desk);
    expect(texts('+16024000003')).toHaveLength(1);
  });

  it('that somebody takes leads to none, and one from a hidden number neither', async () => {
    const taken = await twilio().placeCall({ from: '+16024000004', to, hold: true });
    await taken.answer();
    await taken.hangUp();
    await taken.deliverEvents();
    const hidden = await twilio().placeCall({ from: 'anonymous', to });
    await until('both are judged', async () => {
      const ids = [taken.sid, hidden.sid];
      return (await desk.count('from calls where session_id = any ($1) and outcome is not null', ids)) === 2;
    });
    await untilAtRest(desk);
    expect(texts('+16024000004')).toEqual([]);
    const { rows } = await desk.rows.query<{ session_id: string; outcome: string }>(
      'select session_id, outcome from calls where session_id = any ($1)',
      [[taken.sid, hidden.sid]],
    );
    expect(Object.fromEntries(rows.map(({ session_id: sid, outcome }) => [sid, outcome]))).toEqual({
      [taken.sid]: 'answered',
      [hidden.sid]: 'ignored',
    });
  });
});

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import { createTestClinic, createTestDatabase, type TestDatabase } from '@frontdesk/testkit';
import fc from 'fast-check';
import { newNumber, rowsOf, startDesk, type Desk } from './desk.ts';
import { callEvent, type CallEvent } from './webhooks.ts';

let database: TestDatabase;
let desk: Desk;
let clinic: ClinicDefinition;
let rows: ReturnType<typeof rowsOf>;
const now = Temporal.Now.instant();

beforeAll(async () => {
  database = await createTestDatabase();
  clinic = await createTestClinic(database.owner);
  desk = await startDesk(database, { clock: () => now });
  rows = rowsOf(database);
});

afterAll(async () => {
  await desk.close();
  await database.close();
});

const eventsOfCall = async (session: string, of = clinic) => {
  const [call] = (await database.owner.query('select id from calls where session_id = $1', [session])).rows;
  return (await rows.events(of)).filter(({ data }) => data['callId'] === call?.id);
};

describe('a call to a clinic', () => {
  it('that rings and ends unanswered is known to have ended, and may be judged two seconds later', async () => {
    const session = newId();
    const from = newNumber();
    const to = clinic.location.number;
    await desk.voice(callEvent('call.initiated', { from, to, session }));
    expect(await eventsOfCall(session)).toEqual([]);
    expect((await desk.voice(callEvent('call.hangup', { from, to, session }))).body.result).toBe('accepted');
    const [conversation] = await rows.conversations(from);
    expect(await rows.calls(session)).toMatchObject([
      {
        org_id: clinic.id,
        from_number: from,
        started_at: expect.any(Date),
        answered_at: null,
        ended_at: expect.any(Date),
        hangup_cause: 'originator_cancel',
        decide_at: new Date(now.add({ seconds: 2 }).epochMilliseconds),
        conversation_id: conversation?.id,
      },
    ]);
    expect(await eventsOfCall(session)).toMatchObject([
      { type: 'conversation.call-ended.v1', correlationId: conversation?.id },
    ]);
  });

  it('comes to the same end in every order and with repeats', async () => {
    const steps: CallEvent[] = ['call.initiated', 'call.answered', 'call.bridged', 'call.hangup'];
    const orders = fc
      .tuple(
        fc.shuffledSubarray(steps, { minLength: steps.length }),
        fc.array(fc.constantFrom(...steps), { maxLength: 3 }),
      )
      .map(([all, again]) => [...all, ...again]);
    const at = (step: CallEvent) => now.subtract({ seconds: 10 - steps.indexOf(step) }).toString();
    await fc.assert(
      fc.asyncProperty(orders, fc.boolean(), async (order, atOnce) => {
        const session = newId();
        const from = newNumber();
        const sent = new Map(
          steps.map((step) => {
            const event = callEvent(step, {
              from,
              to: clinic.location.number,
              session,
              start_time: at('call.initiated'),
            });
            return [step, { ...event, data: { ...event.data, occurred_at: at(step) } }];
          }),
        );
        if (atOnce) await Promise.all(order.map((step) => desk.voice(sent.get(step))));
        else for (const step of order) await desk.voice(sent.get(step));
        expect(await rows.calls(session)).toMatchObject([
          {
            started_at: new Date(at('call.initiated')),
            answered_at: new Date(at('call.answered')),
            ended_at: new Date(at('call.hangup')),
            hangup_cause: 'originator_cancel',
          },
        ]);
        expect((await eventsOfCall(session)).map(({ type }) => type)).toEqual(['conversation.call-ended.v1']);
      }),
      { numRuns: 25 },
    );
  });

  it('whose legs all hang up ends once', async () => {
    const session = newId();
    const call = { from: newNumber(), to: clinic.location.number, session };
    await Promise.all(
      [1, 2, 3].map((leg) => desk.voice(callEvent('call.hangup', { ...call, call_leg_id: `leg-${leg}` }))),
    );
    expect(await rows.calls(session)).toHaveLength(1);
    expect(await eventsOfCall(session)).toHaveLength(1);
  });

  it.each(['anonymous', 'Restricted', '', 'sip:someone@example.test', null])(
    'from %j is kept without a caller',
    async (from) => {
      const session = newId();
      await desk.voice({
        data: {
          ...callEvent('call.hangup', { from: '', to: clinic.location.number, session }).data,
          payload: {
            call_session_id: session,
            call_control_id: 'v3:x',
            from,
            to: clinic.location.number,
            hangup_cause: 'timeout',
          },
        },
      });
      expect(await rows.calls(session)).toMatchObject([{ from_number: null, conversation_id: null }]);
      expect(await eventsOfCall(session)).toHaveLength(1);
    },
  );

  it('makes the conversation, but does not count as a text', async () => {
    const from = newNumber();
    await desk.voice(callEvent('call.initiated', { from, to: clinic.location.number, session: newId() }));
    expect(await rows.conversations(from)).toMatchObject([
      { clinic_number: clinic.location.number, last_inbound_at: null },
    ]);
  });

  it('is not touched by outgoing legs', async () => {
    const session = newId();
    const leg = { from: clinic.location.number, to: '+14805550111', session, direction: 'outgoing' };
    expect((await desk.voice(callEvent('call.initiated', leg))).status).toBe(200);
    expect(await rows.calls(session)).toEqual([]);
  });

  it('without a session id is refused', async () => {
    const call = { from: newNumber(), to: clinic.location.number, session: '' };
    expect((await desk.voice(callEvent('call.hangup', call))).status).toBe(400);
  });

  it('to a number of no clinic is parked', async () => {
    const session = newId();
    const event = callEvent('call.hangup', { from: newNumber(), to: '+14805550000', session });
    expect((await desk.voice(event)).body.result).toBe('parked');
    expect(await rows.calls(session)).toEqual([]);
  });
});

describe('a call that waits on a number', () => {
  it('whose calls nobody takes is to be rejected', async () => {
    const rejecting = await createTestClinic(database.owner);
    await database.owner.query(`update phone_numbers set call_handling = 'reject' where org_id = $1`, [rejecting.id]);
    const session = newId();
    const call = { from: newNumber(), to: rejecting.location.number, session };
    await desk.voice(callEvent('call.initiated', call));
    expect(await eventsOfCall(session, rejecting)).toMatchObject([
      { type: 'messaging.call-parked.v1', data: { callControlId: `v3:${session}` } },
    ]);
  });

  it('that rings somewhere is left alone', async () => {
    const session = newId();
    await desk.voice(callEvent('call.initiated', { from: newNumber(), to: clinic.location.number, session }));
    expect(await eventsOfCall(session)).toEqual([]);
  });

  it('and is over already needs no rejection', async () => {
    const rejecting = await createTestClinic(database.owner);
    await database.owner.query(`update phone_numbers set call_handling = 'reject' where org_id = $1`, [rejecting.id]);
    const session = newId();
    const call = { from: newNumber(), to: rejecting.location.number, session };
    await desk.voice(callEvent('call.hangup', call));
    await desk.voice(callEvent('call.initiated', call));
    expect((await eventsOfCall(session, rejecting)).map(({ type }) => type)).toEqual(['conversation.call-ended.v1']);
  });
});

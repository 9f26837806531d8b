import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import fc from 'fast-check';
import { carriers, storedId, type Carrier } from './carriers.ts';
import { newNumber } from './desk.ts';
import { useDesk } from './use-desk.ts';
import { callEvent } from './webhooks.ts';

const on = useDesk();

const callOf = async (carrier: Carrier, session: string) => on.rows.calls(storedId(carrier, 'call', session));
const eventsOfCall = async (carrier: Carrier, session: string, of = on.clinic) => {
  const { rows } = await on.database.owner.query<{ id: string }>('select id from calls where session_id = $1', [
    storedId(carrier, 'call', session),
  ]);
  return (await on.rows.events(of)).filter(({ data }) => rows[0] !== undefined && data['callId'] === rows[0].id);
};
const rejectingClinic = async () => {
  const clinic = await on.anotherClinic();
  await on.database.owner.query(`update phone_numbers set call_handling = 'reject' where org_id = $1`, [clinic.id]);
  return clinic;
};

describe.each(carriers)('a call over $name to a clinic', (carrier) => {
  const first = String(carrier.callSteps[0]);
  const last = String(carrier.callSteps.at(-1));
  const tell = (step: string, call: Parameters<typeof carrier.call>[1]) => on.desk.send(carrier.call(step, call));

  it('that rings and ends unanswered is known to have ended, and may be judged two seconds later', async () => {
    const session = newId();
    const from = newNumber();
    await tell(first, { from, to: on.to, session });
    expect(await eventsOfCall(carrier, session)).toEqual([]);
    expect((await tell(carrier.missed, { from, to: on.to, session })).status).toBe(200);
    const [conversation] = await on.rows.conversations(from);
    expect(await callOf(carrier, session)).toMatchObject([
      {
        org_id: on.clinic.id,
        from_number: from,
        started_at: expect.any(Date),
        answered_at: null,
        ended_at: expect.any(Date),
        hangup_cause: expect.any(String),
        decide_at: new Date(on.now().add({ seconds: 2 }).epochMilliseconds),
        conversation_id: conversation?.id,
      },
    ]);
    expect(await eventsOfCall(carrier, session)).toMatchObject([
      { type: 'conversation.call-ended.v1', correlationId: conversation?.id },
    ]);
  });

  it('that somebody takes comes to the same end in every order and with repeats', async () => {
    const steps = [...carrier.callSteps];
    const orders = fc
      .tuple(
        fc.shuffledSubarray(steps, { minLength: steps.length }),
        fc.array(fc.constantFrom(...steps), { maxLength: 3 }),
      )
      .map(([all, again]) => [...all, ...again]);
    const second = on.now().round({ smallestUnit: 'second', roundingMode: 'floor' });
    const at = (step: string | undefined) =>
      second.subtract({ seconds: 10 - steps.indexOf(step ?? '') }).toString({ fractionalSecondDigits: 3 });
    await fc.assert(
      fc.asyncProperty(orders, fc.boolean(), async (order, atOnce) => {
        const session = newId();
        const from = newNumber();
        const sent = order.map((step) => carrier.call(step, { from, to: on.to, session, at: at(step) }));
        if (atOnce) await Promise.all(sent.map((told) => on.desk.send(told)));
        else for (const told of sent) await on.desk.send(told);
        expect(await callOf(carrier, session)).toMatchObject([
          {
            started_at: new Date(at(first)),
            answered_at: new Date(at(steps[1])),
            ended_at: new Date(at(last)),
          },
        ]);
        const types = (await eventsOfCall(carrier, session)).map(({ type }) => type);
        expect(types).toEqual(['conversation.call-ended.v1']);
      }),
      { numRuns: 25 },
    );
  });

  it('is kept without a caller when the number is hidden', async () => {
    for (const from of carrier.anonymous) {
      const session = newId();
      expect((await tell(carrier.missed, { from, to: on.to, session })).status).toBe(200);
      expect(await callOf(carrier, session)).toMatchObject([{ from_number: null, conversation_id: null }]);
      expect(await eventsOfCall(carrier, session)).toHaveLength(1);
    }
  });

  it('makes the conversation, but does not count as a text', async () => {
    const from = newNumber();
    await tell(first, { from, to: on.to, session: newId() });
    expect(await on.rows.conversations(from)).toMatchObject([{ clinic_number: on.to, last_inbound_at: null }]);
  });

  it('to a number of no clinic is parked', async () => {
    const session = newId();
    const told = await tell(carrier.missed, { from: newNumber(), to: '+14805550000', session });
    expect(told.status).toBe(200);
    expect(await callOf(carrier, session)).toEqual([]);
    const { rows } = await on.database.owner.query(
      'select from webhook_events where parked_reason is not null and payload::text like $1',
      [`%${storedId(carrier, 'call', session)}%`],
    );
    expect(rows).toHaveLength(1);
  });
});

describe('a call over Telnyx', () => {
  const voice = (event: unknown) => on.desk.telnyx(event, '/webhooks/telnyx/voice');
  const [carrier] = carriers as [Carrier]; // the first of the list

  it('whose legs all hang up ends once', async () => {
    const session = newId();
    const call = { from: newNumber(), to: on.to, session };
    await Promise.all([1, 2, 3].map((leg) => voice(callEvent('call.hangup', { ...call, call_leg_id: `leg-${leg}` }))));
    expect(await callOf(carrier, session)).toHaveLength(1);
    expect(await eventsOfCall(carrier, session)).toHaveLength(1);
  });

  it('is not touched by outgoing legs', async () => {
    const session = newId();
    const leg = { from: on.to, to: '+14805550111', session, direction: 'outgoing' };
    expect((await voice(callEvent('call.initiated', leg))).status).toBe(200);
    expect(await callOf(carrier, session)).toEqual([]);
  });

  it('without a session id is refused', async () => {
    const call = { from: newNumber(), to: on.to, session: '' };
    expect((await voice(callEvent('call.hangup', call))).status).toBe(400);
  });

  it('that waits on a number whose calls nobody takes is to be rejected', async () => {
    const rejecting = await rejectingClinic();
    const session = newId();
    await voice(callEvent('call.initiated', { from: newNumber(), to: rejecting.location.number, session }));
    expect(await eventsOfCall(carrier, session, rejecting)).toMatchObject([
      { type: 'messaging.call-parked.v1', data: { callControlId: `v3:${session}` } },
    ]);
  });

  it('that rings somewhere is left alone', async () => {
    const session = newId();
    await voice(callEvent('call.initiated', { from: newNumber(), to: on.to, session }));
    expect(await eventsOfCall(carrier, session)).toEqual([]);
  });

  it('that is over already needs no rejection', async () => {
    const rejecting = await rejectingClinic();
    const session = newId();
    const call = { from: newNumber(), to: rejecting.location.number, session };
    await voice(callEvent('call.hangup', call));
    await voice(callEvent('call.initiated', call));
    const types = (await eventsOfCall(carrier, session, rejecting)).map(({ type }) => type);
    expect(types).toEqual(['conversation.call-ended.v1']);
  });
});

describe('a call over Twilio', () => {
  const [, carrier] = carriers as [Carrier, Carrier]; // the second of the list
  const tell = (step: string, call: Parameters<typeof carrier.call>[1]) => on.desk.send(carrier.call(step, call));

  it.each(['ring', 'reject'])(
    'that reaches us is rejected as busy, which ends it as missed, when the number says %s: nobody stands behind it',
    async (handling) => {
      const clinic = await on.anotherClinic();
      await on.database.owner.query('update phone_numbers set call_handling = $2 where org_id = $1', [
        clinic.id,
        handling,
      ]);
      const session = newId();
      const call = { from: newNumber(), to: clinic.location.number, session };
      expect(await tell('ringing', call)).toEqual({
        status: 200,
        type: 'text/xml',
        text: '<?xml version="1.0" encoding="UTF-8"?><Response><Reject reason="busy"/></Response>',
      });
      await tell('busy', call);
      expect(await callOf(carrier, session)).toMatchObject([{ answered_at: null, hangup_cause: 'busy' }]);
    },
  );

  it('hears nothing to do when it tells that it is over, again too', async () => {
    const call = { from: newNumber(), to: on.to, session: newId() };
    const silence = { status: 200, type: 'text/xml', text: '<?xml version="1.0" encoding="UTF-8"?><Response/>' };
    expect([await tell('completed', call), await tell('completed', call)]).toEqual([silence, silence]);
  });

  it('that is told only at its end was taken when it is told as completed', async () => {
    const session = newId();
    await tell('completed', { from: newNumber(), to: on.to, session });
    expect(await callOf(carrier, session)).toMatchObject([{ answered_at: expect.any(Date) }]);
  });

  it('was missed all the same on a number whose calls nobody takes: Twilio spoke, since it could not ask us', async () => {
    const rejecting = await rejectingClinic();
    const session = newId();
    await tell('completed', { from: newNumber(), to: rejecting.location.number, session });
    expect(await callOf(carrier, session)).toMatchObject([{ answered_at: null, hangup_cause: 'completed' }]);
    expect(await eventsOfCall(carrier, session, rejecting)).toHaveLength(1);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { CLINIC, PATIENT, startTelnyxBench, type TelnyxBench } from './telnyx-bench.ts';

let bench: TelnyxBench;
let now = Temporal.Instant.from('2026-11-20T16:00:00Z');
beforeEach(async () => {
  bench = await startTelnyxBench({ clock: () => now });
});
afterEach(() => bench.stop());

const placed = { from: PATIENT, to: CLINIC };
const types = () => bench.events().map(({ type }) => type);
const commands = () => bench.client.calls.actions;

describe('a call to the clinic', () => {
  it('is told parked, and ends with the cause and source of the reference', async () => {
    const call = await bench.telnyx.placeCall({ ...placed, callerName: 'ANA R', divertedFrom: '+15125550123' });
    await call.hangUp();

    const [initiated, hangup] = bench.events();
    expect(initiated).toMatchObject({
      type: 'call.initiated',
      payload: {
        call_control_id: call.controlId,
        call_leg_id: call.legId,
        call_session_id: call.sessionId,
        direction: 'incoming',
        state: 'parked',
        from: PATIENT,
        to: CLINIC,
        sip_headers: [{ name: 'Diversion', value: '<sip:+15125550123@example>' }],
      },
    });
    expect(hangup).toMatchObject({
      type: 'call.hangup',
      payload: { hangup_cause: 'originator_cancel', hangup_source: 'caller', sip_hangup_cause: '487' },
    });
    expect(bench.app.received.map(({ path }) => path)).toEqual(['/voice', '/voice']);
  });

  it('can be answered, and then ends as any call does', async () => {
    const call = await bench.telnyx.placeCall(placed);
    await call.answer();
    await call.hangUp();
    expect(types()).toEqual(['call.initiated', 'call.answered', 'call.hangup']);
    expect(bench.events().at(-1)?.payload).toMatchObject({ hangup_cause: 'normal_clearing' });
    expect(await call.hangUp()).toBeNull();
  });

  it('ends with any cause that the test wants', async () => {
    const call = await bench.telnyx.placeCall(placed);
    await call.hangUp('no_answer');
    expect(bench.events().at(-1)?.payload).toMatchObject({ hangup_cause: 'no_answer' });
  });

  it('can tell its events late, in reverse, and again', async () => {
    const call = await bench.telnyx.placeCall({ ...placed, hold: true });
    await call.answer();
    await call.hangUp();
    expect(types()).toEqual([]);
    await call.deliverEvents('reversed');
    expect(types()).toEqual(['call.hangup', 'call.answered', 'call.initiated']);
    await call.repeat('call.hangup');
    const [first, , , repeated] = bench.events();
    expect(repeated?.id).toBe(first?.id);
  });

  it.each([
    { answer: 503, tries: 3 },
    { answer: 408, tries: 3 },
    { answer: 429, tries: 3 },
    { answer: 400, tries: 1 },
    { answer: 302, tries: 1 },
  ])('is told $tries times when the app answers $answer', async ({ answer, tries }) => {
    bench.app.answerWith(answer, answer, answer, answer);
    await bench.telnyx.placeCall(placed);
    await bench.telnyx.settled();
    expect(types()).toHaveLength(tries);
  });
});

describe('the commands of an app', () => {
  it.each([
    { cause: 'CALL_REJECTED', told: 'call_rejected' },
    { cause: 'USER_BUSY', told: 'user_busy' },
  ] as const)('reject a call as $cause', async ({ cause, told }) => {
    const call = await bench.telnyx.placeCall(placed);
    const answer = await commands().reject(call.controlId, { cause, client_state: 'eyJ0IjoxfQ==' });
    await bench.telnyx.settled();
    expect(answer.data?.result).toBe('ok');
    expect(call.state()).toBe('over');
    expect(bench.events().at(-1)).toMatchObject({
      type: 'call.hangup',
      payload: { hangup_cause: told, client_state: 'eyJ0IjoxfQ==' },
    });
  });

  it('answer and hang up', async () => {
    const call = await bench.telnyx.placeCall(placed);
    await commands().answer(call.controlId, {});
    await bench.telnyx.settled();
    await commands().hangup(call.controlId, {});
    await bench.telnyx.settled();
    expect(types()).toEqual(['call.initiated', 'call.answered', 'call.hangup']);
  });

  it('are ignored when their id was seen within a minute', async () => {
    const call = await bench.telnyx.placeCall(placed);
    const reject = () => commands().reject(call.controlId, { cause: 'CALL_REJECTED', command_id: 'c1' });
    await reject();
    now = now.add({ seconds: 59 });
    await expect(reject()).resolves.toMatchObject({ data: { result: 'ok' } });
    now = now.add({ seconds: 61 });
    await expect(reject()).rejects.toMatchObject({ error: { errors: [{ code: '90018' }] } });
    await bench.telnyx.settled();
    expect(types()).toEqual(['call.initiated', 'call.hangup']);
  });

  it('are refused for calls that are over or unknown, and with a state that is not base64', async () => {
    const call = await bench.telnyx.placeCall(placed);
    await expect(commands().answer(call.controlId, { client_state: '§' })).rejects.toMatchObject({
      error: { errors: [{ code: '90017' }] },
    });
    await expect(commands().answer('v3:nope', {})).rejects.toMatchObject({ error: { errors: [{ code: '90015' }] } });
    await call.hangUp();
    await expect(commands().hangup(call.controlId, {})).rejects.toMatchObject({
      error: { errors: [{ code: '90018' }] },
    });
  });
});

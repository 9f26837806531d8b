import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { startTelnyxSimulator, type TelnyxSimulator } from '@frontdesk/simulators';
import { telnyxCallControl } from './call-control.ts';

let carrier: TelnyxSimulator;
beforeAll(async () => {
  carrier = await startTelnyxSimulator({
    webhookUrls: { messages: 'http://127.0.0.1:9', voice: 'http://127.0.0.1:9' },
    retryGapsMs: [],
  });
});
afterAll(() => carrier.stop());

const control = () => telnyxCallControl({ apiKey: 'KEY-test', baseUrl: carrier.apiUrl, timeoutMs: 250 });
const parkedCall = () => carrier.placeCall({ from: '+14805550123', to: '+14805550100', hold: true });

describe('rejecting a parked call', () => {
  it('ends it', async () => {
    const call = await parkedCall();
    await control().reject({ callControlId: call.controlId, commandId: newId() });
    expect(call.state()).toBe('over');
  });

  it('may be repeated, also when the call is over by then', async () => {
    const call = await parkedCall();
    const commandId = newId();
    await control().reject({ callControlId: call.controlId, commandId });
    await control().reject({ callControlId: call.controlId, commandId });
    await expect(control().reject({ callControlId: call.controlId, commandId: newId() })).resolves.toBeUndefined();
  });

  it('fails for good when the carrier knows no such call', async () => {
    const unknown = control().reject({ callControlId: 'v3:unknown', commandId: newId() });
    await expect(unknown).rejects.toBeInstanceOf(PermanentFailure);
  });

  it('is worth another try when the carrier does not answer', async () => {
    const call = await parkedCall();
    carrier.misbehave({ kind: 'answer', status: 503 }, { times: 1 });
    const failed = control().reject({ callControlId: call.controlId, commandId: newId() });
    await expect(failed).rejects.toBeInstanceOf(TransientFailure);
  });
});

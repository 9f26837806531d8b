import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTelnyxSimulator, type TelnyxSimulator } from '@frontdesk/simulators';
import type { CarrierOptOut } from '@frontdesk/messaging/ports';
import { telnyxOptOuts } from './opt-outs.ts';

const clinic = '+14805550100';
const other = '+14805550101';
let now = Temporal.Instant.from('2026-11-20T18:00:00Z');
let telnyx: TelnyxSimulator;
beforeAll(async () => {
  telnyx = await startTelnyxSimulator({ clock: () => now, numbers: { [clinic]: 'profile-1', [other]: 'profile-2' } });
});
afterAll(() => telnyx.stop());

async function listed(profile: string, since = '2026-11-01T00:00:00Z'): Promise<CarrierOptOut[]> {
  const list = telnyxOptOuts({ apiKey: 'KEY', baseUrl: telnyx.apiUrl, timeoutMs: 5_000 });
  return Array.fromAsync(list.since(profile, Temporal.Instant.from(since)));
}

describe("the carrier's list of opt-outs", () => {
  it('tells who stopped which number of the profile, with which word, and since when', async () => {
    telnyx.hearUntold({ from: '+16025550101', to: clinic, text: 'Stop' });
    telnyx.hearUntold({ from: '+16025550102', to: other, text: 'QUIT' });
    expect(await listed('profile-1')).toEqual([
      { phone: '+16025550101', clinicNumber: clinic, kind: 'opt-out', wording: 'STOP', at: now },
    ]);
  });

  it('is read to its end, page by page, from a moment on', async () => {
    const before = now;
    now = now.add({ hours: 1 });
    for (let n = 0; n < 300; n++) telnyx.hearUntold({ from: `+1602555${2000 + n}`, to: other, text: 'stop' });
    expect(await listed('profile-2', now.toString())).toHaveLength(300);
    expect(await listed('profile-2', before.toString())).toHaveLength(301);
    expect(telnyx.requests.filter(({ path }) => path === '/v2/messaging_optouts').length).toBeGreaterThanOrEqual(5);
  });

  it('fails rather than telling half of it', async () => {
    telnyx.misbehave({ kind: 'answer', status: 503 }, { times: 1 });
    await expect(listed('profile-1')).rejects.toThrow(/503/);
  });
});

import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, parsePhoneNumber, PermanentFailure, present, TransientFailure } from '@frontdesk/kernel';
import { telnyxHostedNumbers, telnyxNumbers } from '@frontdesk/providers/telnyx';
import { readTelnyxEvent } from '@frontdesk/providers/telnyx-webhooks';
import { startTelnyxSimulator, type TelnyxSimulator } from '@frontdesk/simulators';

const publicWebhookUrl = 'http://127.0.0.1:9';
let telnyx: TelnyxSimulator;
let profileId: string;
beforeAll(async () => {
  telnyx = await startTelnyxSimulator({ numbers: { '+15125550100': 'profile-1' }, retryGapsMs: [] });
  const settings = { apiKey: 'KEY', baseUrl: telnyx.apiUrl, timeoutMs: 10_000, publicWebhookUrl };
  const clinic = { orgId: newId(), clinicName: 'Saguaro Clinic' };
  ({ profileId } = await telnyxNumbers({ ...settings, callConnectionId: null }).ensureProfile(clinic));
});
afterEach(() => telnyx.behave());
afterAll(() => telnyx.stop());

const hosted = () => telnyxHostedNumbers({ apiKey: 'KEY', baseUrl: telnyx.apiUrl, timeoutMs: 10_000 });
const phone = (text: string) => present(parsePhoneNumber(text), 'the number');
const pdf = (words: string) => Buffer.from(`%PDF-1.7\n${words} \u0000\u00ff`, 'latin1');
let used = 0;
const nextNumber = () => phone(`+1602555${2000 + used++}`);

async function ordered() {
  const number = nextNumber();
  const { externalId } = await hosted().order({ number, profileId });
  return { number, externalId };
}

describe('the check of lines', () => {
  it.each([
    ['ELIGIBLE', true],
    ['NUMBER_CAN_NOT_BE_WIRELESS', false],
    ['BILLING_ACCOUNT_CHECK_FAILED', false],
  ] as const)('says %s as the carrier does', async (status, eligible) => {
    const number = nextNumber();
    telnyx.setEligibility(number, status);
    expect(await hosted().checkEligibility([number])).toMatchObject([{ number, eligible, status }]);
  });

  it('reads the words of the documentation, which are in lower case', async () => {
    const number = nextNumber();
    const row = { phone_number: number, eligible: true, eligible_status: 'eligible', detail: null };
    telnyx.misbehave({ kind: 'accept-then-say', body: JSON.stringify({ phone_numbers: [row] }) }, { times: 1 });
    expect(await hosted().checkEligibility([number])).toEqual([
      { number, eligible: true, status: 'ELIGIBLE', detail: null },
    ]);
  });
});

describe('an order', () => {
  it('goes from the code by the documents to a hosted line', async () => {
    const { number, externalId } = await ordered();
    await hosted().sendCode({ externalId, number, method: 'call' });
    expect(await hosted().confirmCode({ externalId, number, code: '000000' })).toBe('rejected');
    const code = present(telnyx.hostedCode(externalId, number), 'the code');
    expect(await hosted().confirmCode({ externalId, number, code })).toBe('verified');
    expect(await hosted().confirmCode({ externalId, number, code })).toBe('verified');
    expect(await hosted().read(externalId)).toMatchObject({ numbers: [{ number, status: 'ownership_successful' }] });

    const files = { loa: pdf('letter'), bill: pdf('bill') };
    expect(await hosted().uploadDocuments({ externalId, ...files })).toMatchObject({ status: 'loa_file_successful' });
    const kept = telnyx.hostedDocuments(externalId);
    expect([Buffer.from(kept?.loa ?? []), Buffer.from(kept?.bill ?? [])]).toEqual([files.loa, files.bill]);
    telnyx.moveHostedOrder(externalId, 'successful');
    expect(await hosted().read(externalId)).toMatchObject({
      status: 'successful',
      numbers: [{ number, status: 'successful', numberId: expect.any(String) }],
    });
  });

  it('is found by its number and profile when the answer was lost, also after it has ended', async () => {
    const number = nextNumber();
    const found = () => hosted().findOrders({ number, profileId });
    expect(await found()).toEqual([]);
    telnyx.misbehave({ kind: 'accept-then-reset' }, { times: 1 });
    await expect(hosted().order({ number, profileId })).rejects.toBeInstanceOf(TransientFailure);
    const [order] = await found();
    expect(order).toMatchObject({ status: 'pending', numbers: [{ number }] });
    expect(await hosted().findOrders({ number, profileId: 'another' })).toEqual([]);
    telnyx.moveHostedOrder(order?.externalId ?? '', 'carrier_rejected');
    expect(await found()).toMatchObject([{ status: 'carrier_rejected' }]);
  });

  it('is refused in words for a line that cannot be hosted', async () => {
    const failed = hosted().order({ number: phone('+15125550100'), profileId });
    await expect(failed).rejects.toBeInstanceOf(PermanentFailure);
    await expect(failed).rejects.toThrow('NUMBER_CAN_NOT_BE_ACTIVE_IN_YOUR_ACCOUNT');
  });

  it('is cancelled once, and unknown ones are none', async () => {
    const { externalId } = await ordered();
    await hosted().cancel(externalId);
    await hosted().cancel(externalId);
    await hosted().cancel(newId());
    expect(await hosted().read(externalId)).toMatchObject({ status: 'deleted' });
    expect(await hosted().read(newId())).toBeNull();
  });

  it('is told a code only for its own line', async () => {
    const { externalId } = await ordered();
    const failed = hosted().sendCode({ externalId, number: nextNumber(), method: 'sms' });
    await expect(failed).rejects.toThrow('not part of the order');
  });
});

describe('its events', () => {
  async function told(act: (externalId: string) => void) {
    const { externalId } = await ordered();
    await telnyx.settled();
    const before = telnyx.deliveries.length;
    act(externalId);
    await telnyx.settled();
    return telnyx.deliveries.slice(before).map(({ tries }) => {
      const { addressee, content } = readTelnyxEvent(JSON.parse(tries[0]?.body ?? ''));
      expect(addressee).toEqual({ by: 'registration', provider: 'telnyx', subject: 'hosted-order', externalId });
      return content;
    });
  }
  const news = (status: string, reasons: readonly unknown[] = []) => ({
    kind: 'registration-report',
    news: { status, reasons },
  });

  it('tell how far it is', async () => {
    expect(await told((id) => telnyx.moveHostedOrder(id, 'provisioning'))).toEqual([news('provisioning')]);
  });

  it('come again, under the same id, as often as Telnyx likes', async () => {
    telnyx.planNews({ copies: 3 });
    expect(await told((id) => telnyx.moveHostedOrder(id, 'successful'))).toHaveLength(3);
    expect(new Set(telnyx.deliveries.slice(-3).map(({ eventId }) => eventId)).size).toBe(1);
  });

  it.each(['own-events', 'updates'] as const)(
    'tell of a move from another account as %s, and until when',
    async (how) => {
      telnyx.spellTransfersAs(how);
      const until = Temporal.Instant.from('2026-11-24T17:00:00Z');
      expect(await told((id) => telnyx.transferHostedOrder(id, 'approval_requested', until))).toEqual([
        news('internal_transfer_approval_requested', [expect.stringContaining('2026-11-24T17:00:00Z')]),
      ]);
      expect(await told((id) => telnyx.transferHostedOrder(id, 'rejected'))).toEqual([
        news('internal_transfer_rejected'),
      ]);
    },
  );
});

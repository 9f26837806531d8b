import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AccountFailure, Declined, newId, parsePhoneNumber, present } from '@frontdesk/kernel';
import { twilioNumbers, twilioServiceCampaigns } from '@frontdesk/providers/twilio';
import { startTwilioSimulator, type TwilioSimulator } from '@frontdesk/simulators';
import { describeNumberCarrier, publicWebhookUrl } from './number-carrier-contract.ts';

const webhookUrls = {
  messages: `${publicWebhookUrl}/x`,
  voice: `${publicWebhookUrl}/x`,
  voiceStatus: `${publicWebhookUrl}/x`,
};

describeNumberCarrier('twilio', async () => {
  const twilio = await startTwilioSimulator({ authToken: 'token-1', numbers: {} });
  const { accountSid, apiUrl } = twilio;
  return {
    simulator: twilio,
    carrier: ({ baseUrl = apiUrl, timeoutMs = 10_000 } = {}) =>
      twilioNumbers({ accountSid, authToken: 'token-1', baseUrl, timeoutMs, publicWebhookUrl }),
    fillStock: (numbers) =>
      twilio.fillStock(numbers.map(({ features, ...each }) => ({ ...each, sms: features?.includes('sms') ?? true }))),
    sellElsewhere: twilio.sellElsewhere,
    loseNumber: twilio.loseNumber,
    owned: () =>
      twilio.accountNumbers().map(({ number, service, friendlyName, voiceUrl }) => ({
        number,
        profileId: service,
        name: friendlyName,
        sendsCallsToUs: voiceUrl.startsWith(`${publicWebhookUrl}/webhooks/twilio/voice`),
      })),
    isPurchase: ({ method, path }) => method === 'POST' && path.endsWith('/IncomingPhoneNumbers.json'),
    isProfileMade: ({ method, path }) => method === 'POST' && path === '/v1/Services',
    isRelease: ({ method, path }) => method === 'DELETE' && path.includes('/IncomingPhoneNumbers/'),
  };
});

describe('what is Twilio’s own', () => {
  let twilio: TwilioSimulator;
  beforeAll(async () => {
    twilio = await startTwilioSimulator({ authToken: 'token-1', numbers: {}, webhookUrls });
  });
  afterAll(() => twilio.stop());

  const number = (text: string) => present(parsePhoneNumber(text), 'the number');
  const carrier = () =>
    twilioNumbers({
      accountSid: twilio.accountSid,
      authToken: 'token-1',
      baseUrl: twilio.apiUrl,
      timeoutMs: 10_000,
      publicWebhookUrl,
    });
  async function buy(to: string, orgId = newId()) {
    const { profileId } = await carrier().ensureProfile({ orgId, clinicName: 'Glow Spa' });
    const order = { number: number(to), reference: newId(), profileId };
    const standing = await carrier().order(order);
    if (standing.kind !== 'bought') throw new Error(`the number was not bought: ${standing.kind}`);
    return { ...order, numberId: standing.numberId };
  }

  it('posts the texts of a number to the Messaging Service’s address, and its calls to the number’s', async () => {
    const bought = await buy('+15125550300');
    await carrier().configure({ ...bought, name: 'frontdesk' });
    await twilio.receiveText({ from: '+14805550123', to: bought.number, text: 'Hi' });
    const call = await twilio.placeCall({ from: '+14805550123', to: bought.number });
    await call.hangUp();
    expect(twilio.deliveries.slice(-3).map(({ tries }) => tries[0]?.url)).toEqual([
      `${publicWebhookUrl}/webhooks/twilio/messages`,
      `${publicWebhookUrl}/webhooks/twilio/voice`,
      `${publicWebhookUrl}/webhooks/twilio/voice/status`,
    ]);
  });

  it('gives a Messaging Service our webhooks back when somebody has changed them', async () => {
    const orgId = newId();
    const { profileId } = await carrier().ensureProfile({ orgId, clinicName: 'Glow Spa' });
    const service = () => twilio.messagingServices().find(({ sid }) => sid === profileId);
    const ours = service();
    expect(ours).toMatchObject({
      friendlyName: `Glow Spa #${orgId}`,
      inboundRequestUrl: `${publicWebhookUrl}/webhooks/twilio/messages#rc=5&rp=5xx,ct,rt`,
      statusCallback: `${publicWebhookUrl}/webhooks/twilio/messages/status#rc=5&rp=5xx,ct,rt`,
      useInboundWebhookOnNumber: false,
    });
    await fetch(`${twilio.apiUrl}/v1/Services/${profileId}`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${twilio.accountSid}:token-1`).toString('base64')}` },
      body: new URLSearchParams({ InboundRequestUrl: 'https://elsewhere.example/', UseInboundWebhookOnNumber: 'true' }),
    });
    expect(service()).not.toEqual(ours);
    await carrier().ensureProfile({ orgId, clinicName: 'Glow Spa' });
    expect(service()).toEqual(ours);
  });

  it('does not take a number from another clinic’s Messaging Service', async () => {
    const bought = await buy('+15125550317');
    await carrier().configure({ ...bought, name: 'frontdesk' });
    const { profileId } = await carrier().ensureProfile({ orgId: newId(), clinicName: 'Other Spa' });
    const failed = carrier().configure({ ...bought, profileId, name: 'frontdesk' });
    await expect(failed).rejects.toThrow('The number belongs to another Messaging Service at Twilio');
    await carrier().release(bought);
    expect(twilio.accountNumbers().map((each) => each.number)).not.toContain(bought.number);
  });

  it.each([
    [21452, 'no number like that'],
    [21422, 'not for sale any more'],
    [21631, 'address'],
    [92000, 'Invalid request (Twilio 92000)'],
  ] as const)('says what its refusal %i means', async (code, words) => {
    twilio.refuseRequests(code, { times: 1 });
    const order = { number: number('+15125550334'), reference: newId(), profileId: 'MG1' };
    await expect(carrier().order(order)).rejects.toMatchObject({
      kind: 'permanent',
      message: expect.stringContaining(words),
    });
  });

  it.each([
    [20005, /account at Twilio is at fault.*adds money/],
    [20006, /account at Twilio is at fault.*has no right/],
    [21404, /on trial.*upgrades it/],
  ] as const)('does not serve the account with %i, which is no answer to what was asked for', async (code, words) => {
    twilio.refuseRequests(code, { times: 1 });
    const asked = carrier().order({ number: number('+15125550334'), reference: newId(), profileId: 'MG1' });
    const refusal = await asked.catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(AccountFailure);
    expect(refusal).toMatchObject({ message: expect.stringMatching(words) });
  });

  it.each([20003, 20429] as const)(
    'has surely done nothing when it answers %i, and may be asked again',
    async (code) => {
      twilio.refuseRequests(code, { times: 1 });
      const asked = carrier().order({ number: number('+15125550334'), reference: newId(), profileId: 'MG1' });
      await expect(asked).rejects.toBeInstanceOf(Declined);
    },
  );

  it('ends the campaigns of one Messaging Service alone, also after answers that were lost, and none where none is', async () => {
    const [profileId, other] = await Promise.all(
      [newId(), newId()].map(
        async (orgId) => (await carrier().ensureProfile({ orgId, clinicName: 'Glow Spa' })).profileId,
      ),
    );
    const campaigns = twilioServiceCampaigns({
      accountSid: twilio.accountSid,
      authToken: 'token-1',
      baseUrl: twilio.apiUrl,
      timeoutMs: 10_000,
    });
    twilio.registerCampaign(present(profileId, 'the service'));
    const theirs = twilio.registerCampaign(present(other, 'the other service'));
    const isEnd = ({ method, path }: { method: string; path: string }) =>
      method === 'DELETE' && path.includes('/Compliance/Usa2p/');
    twilio.misbehave({ kind: 'accept-then-reset' }, { times: 1, where: isEnd });
    const end = () => campaigns.endAll(present(profileId, 'the service'));
    await expect(end()).rejects.toMatchObject({ kind: 'transient' });
    expect(twilio.campaigns()).toEqual([theirs]);
    for (let n = 0; n < 2; n++) await end();
    await campaigns.endAll('MG00000000000000000000000000000000');
    expect(twilio.campaigns()).toEqual([theirs]);
    expect(twilio.requests.filter(isEnd)).toHaveLength(1);
  });
});

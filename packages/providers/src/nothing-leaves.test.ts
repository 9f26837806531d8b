import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { money, newId, parsePhoneNumber, present, withEffectsWithheld } from '@frontdesk/kernel';
import { bedrockModel } from './bedrock/index.ts';
import { carrierMedia } from './media/index.ts';
import { metaAccounts, metaMedia, metaReadReceipts, metaTemplates, metaTextGateway } from './meta/index.ts';
import { createSquarePaymentLinks } from './square/index.ts';
import {
  telnyxCallControl,
  telnyxHostedNumbers,
  telnyxNumbers,
  telnyxSmsGateway,
  telnyxTenDlc,
} from './telnyx/index.ts';
import { twilioNumbers, twilioSenders, twilioTemplates, twilioTextGateway } from './twilio/index.ts';

let server: Server;
let url: string;
let requests = 0;
beforeAll(async () => {
  server = createServer((_, response) => {
    requests += 1;
    response.writeHead(500).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // of a TCP server
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

const number = present(parsePhoneNumber('+14805550123'), 'the number');
const account = { accessToken: 'EAAA', squareLocationId: 'LOC' };
const telnyx = () => ({ apiKey: 'KEY', baseUrl: `${url}/v2`, timeoutMs: 1_000 });
const twilioAccount = () => ({
  accountSid: 'AC1',
  authToken: 'token',
  baseUrl: url,
  timeoutMs: 1_000,
  publicWebhookUrl: url,
});
const twilio = () => twilioTextGateway(twilioAccount());
const meta = () => ({ graphUrl: url, timeoutMs: 1_000, tokenOf: async () => 'token' });
const text = {
  attemptId: newId(),
  from: number,
  to: number,
  channel: 'sms' as const,
  choices: [],
  template: null,
  body: 'Hello',
  mediaUrls: [],
  messagingProfileId: 'p',
};
const links = () => createSquarePaymentLinks({ returnUrl: url, baseUrl: url, timeoutSeconds: 1 });

/** Everything that the desk can do at a vendor. */
const acts: Record<string, () => Promise<unknown>> = {
  'a text by Telnyx': () => telnyxSmsGateway({ ...telnyx(), publicWebhookUrl: url }).send(text),
  'a text by Twilio': () => twilio().send(text),
  'a look for a text at Twilio': () => twilio().lookUp({ ...text, startedAt: Temporal.Now.instant() }),
  'a number bought at Twilio': () =>
    twilioNumbers(twilioAccount()).order({ number, reference: newId(), profileId: 'MG1' }),
  'a number given back to Twilio': () => twilioNumbers(twilioAccount()).release({ number, numberId: 'PN1' }),
  'a sender at Twilio': () => twilioSenders(twilioAccount()).create({ number, displayName: 'Glow Spa' }),
  'a template at Twilio': () =>
    twilioTemplates(twilioAccount()).submit({
      orgId: newId(),
      account: 'AC1',
      name: 'reminder',
      language: 'en',
      category: 'utility',
      body: 'Hi',
      examples: [],
      choices: [],
    }),
  'a picture that came with a text': () =>
    carrierMedia({
      carriers: { telnyx: { hosts: [], authorization: 'Bearer KEY', authorize: 'always', standIn: url } },
    }).fetch({ provider: 'telnyx', url: `${url}/1.jpg` }),
  'a message by Meta': () => metaTextGateway(meta()).send({ ...text, channel: 'whatsapp' }),
  'a blue tick': () =>
    metaReadReceipts(meta()).markRead({
      provider: 'meta',
      from: number,
      messagingProfileId: '1',
      providerMessageId: 'm',
    }),
  'a file that came by WhatsApp': () => metaMedia(meta()).fetch({ provider: 'meta', url: 'meta-media://1/2' }),
  'a template handed to Meta': () =>
    metaTemplates(meta()).submit({
      orgId: newId(),
      account: '1',
      name: 'n',
      language: 'en_US',
      category: 'utility',
      body: 'b',
      examples: [],
      choices: [],
    }),
  'the code of a sign-up': () =>
    metaAccounts({ ...meta(), appId: '1', appSecret: 's', webhook: null }).exchangeCode('code'),
  'a rejected call': () => telnyxCallControl(telnyx()).reject({ callControlId: 'c', commandId: newId() }),
  'a number bought at Telnyx': () =>
    telnyxNumbers({ ...telnyx(), publicWebhookUrl: url, callConnectionId: null }).order({
      number,
      reference: newId(),
      profileId: 'p',
    }),
  'a line hosted at Telnyx': () => telnyxHostedNumbers(telnyx()).order({ number, profileId: 'p' }),
  'a number put into a campaign': () =>
    telnyxTenDlc({ ...telnyx(), publicWebhookUrl: url }).assignNumber({ number, campaignExternalId: 'c' }),
  'a deposit link': () =>
    links().create(account, {
      idempotencyKey: newId(),
      depositId: newId(),
      amount: money(5_000, 'USD'),
      description: 'Deposit',
    }),
  'a deleted link': () => links().delete(account, 'link'),
  'a look at an order': () => links().order(account, 'order'),
  'a question to the model': async () => {
    const model = bedrockModel({
      region: 'us-east-1',
      endpoint: url,
      modelId: 'm',
      maxTokens: 64,
      requestTimeoutMs: 1_000,
    });
    const { signal } = new AbortController();
    await model
      .answer({
        rules: 'r',
        facts: '{}',
        turns: [{ role: 'user', content: [{ kind: 'text', text: 'Hi' }] }],
        tools: [],
        signal,
      })
      .finally(() => model.close());
  },
};

describe('within a replay whose effects are withheld', () => {
  it.each(Object.keys(acts))('%s is refused before anything leaves', async (what) => {
    const act = present(acts[what], 'the act');
    await expect(withEffectsWithheld({ number: 5 }, act)).rejects.toThrow(/^replay 5 withholds its effects/);
    expect(requests).toBe(0);
  });
});

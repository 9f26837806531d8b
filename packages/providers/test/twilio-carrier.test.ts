import { startTwilioSimulator } from '@frontdesk/simulators';
import { twilioTextGateway } from '@frontdesk/providers/twilio';
import {
  createTwilioVerifier,
  parseTwilioForm,
  readTwilioCall,
  readTwilioMessage,
  readTwilioStatus,
} from '@frontdesk/providers/twilio-webhooks';
import { clinic, describeSmsCarrier, patient, publicWebhookUrl } from './sms-carrier-contract.ts';
import type { Posted } from './webhook-signature-contract.ts';

const codes = {
  content: 21620,
  length: 21617,
  number: 21606,
  registration: 21408,
  recipient: 21614,
  'queue-full': 21611,
  'opted-out': 21610,
} as const;
const service = 'MG00000000000000000000000000000001';

const readers: Readonly<Record<string, typeof readTwilioMessage>> = {
  '/webhooks/twilio/messages': readTwilioMessage,
  '/webhooks/twilio/messages/status': readTwilioStatus,
  '/webhooks/twilio/voice': readTwilioCall,
  '/webhooks/twilio/voice/status': readTwilioCall,
};

function read({ url, body }: Posted) {
  const reader = readers[new URL(url).pathname];
  if (reader === undefined) throw new Error(`no webhook is read at ${url}`);
  return reader(parseTwilioForm(body));
}

describeSmsCarrier('Twilio', async () => {
  const carrier = await startTwilioSimulator({
    authToken: 'token-1',
    numbers: { [clinic]: service },
    advancedOptOut: true,
    webhookUrls: {
      messages: `${publicWebhookUrl}/webhooks/twilio/messages`,
      voice: `${publicWebhookUrl}/webhooks/twilio/voice`,
      voiceStatus: `${publicWebhookUrl}/webhooks/twilio/voice/status`,
    },
  });
  const startOver = () => carrier.planReceipts({ never: true });
  startOver();
  return {
    provider: 'twilio',
    carrier,
    gateway: ({ credentials = 'token-1', baseUrl = carrier.apiUrl, timeoutMs = 10_000 } = {}) =>
      twilioTextGateway({
        accountSid: carrier.accountSid,
        authToken: credentials,
        baseUrl,
        timeoutMs,
        publicWebhookUrl,
      }),
    profileId: service,
    refuse: (what) => carrier.refuseTexts(codes[what], 1),
    planReceipts(status) {
      carrier.behave();
      carrier.planReceipts(status === 'none' ? { never: true } : { status });
    },
    startOver,
    read,
    verify({ url, headers, body }, keys = (own) => own) {
      const { pathname, search } = new URL(url);
      const verify = createTwilioVerifier({ authToken: keys('token-1', 'token-2'), publicWebhookUrl });
      return verify(Buffer.from(body), headers, `${pathname}${search}`);
    },
    placeCall: () => carrier.placeCall({ from: patient, to: clinic }),
    looksUp: { taken: 'has-it', notTaken: 'has-not' },
  };
});

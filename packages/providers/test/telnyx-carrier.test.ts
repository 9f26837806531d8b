import { startTelnyxSimulator } from '@frontdesk/simulators';
import { telnyxSmsGateway } from '@frontdesk/providers/telnyx';
import { createTelnyxVerifier, readTelnyxEvent } from '@frontdesk/providers/telnyx-webhooks';
import { systemClock } from '@frontdesk/kernel';
import { clinic, describeSmsCarrier, patient, publicWebhookUrl } from './sms-carrier-contract.ts';

const codes = {
  content: '40322',
  length: '40328',
  number: '40305',
  registration: '40330',
  recipient: '40310',
  'queue-full': '40318',
  'opted-out': '40300',
} as const;
const statuses = { delivered: 'delivered', undelivered: 'delivery_failed', failed: 'sending_failed' } as const;
const otherKey = Buffer.alloc(32, 3).toString('base64');

describeSmsCarrier('Telnyx', async () => {
  const carrier = await startTelnyxSimulator({
    apiKey: 'KEY-test',
    numbers: { [clinic]: 'profile-1' },
    webhookUrls: {
      messages: `${publicWebhookUrl}/webhooks/telnyx/messages`,
      voice: `${publicWebhookUrl}/webhooks/telnyx/voice`,
    },
    retryGapsMs: [],
  });
  const startOver = () => carrier.planReceipts({ never: true });
  startOver();
  return {
    provider: 'telnyx',
    carrier,
    gateway: ({ credentials = 'KEY-test', baseUrl = carrier.apiUrl, timeoutMs = 10_000 } = {}) =>
      telnyxSmsGateway({ apiKey: credentials, baseUrl, timeoutMs, publicWebhookUrl }),
    profileId: 'profile-1',
    refuse: (what) => carrier.refuseTexts(codes[what], 1),
    planReceipts(status) {
      carrier.behave();
      carrier.planReceipts(status === 'none' ? { never: true } : { status: statuses[status] });
    },
    startOver,
    read: ({ body }) => readTelnyxEvent(JSON.parse(body)),
    verify: ({ headers, body }, keys = (own) => own) =>
      createTelnyxVerifier({ publicKey: keys(carrier.publicKey, otherKey), clock: systemClock })(
        Buffer.from(body),
        headers,
      ),
    placeCall: () => carrier.placeCall({ from: patient, to: clinic }),
    looksUp: { taken: 'cannot-tell', notTaken: 'cannot-tell' },
  };
});

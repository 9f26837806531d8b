import { startMetaSimulator, type MetaRefusalCode } from '@frontdesk/simulators';
import { metaTextGateway } from '@frontdesk/providers/meta';
import { createMetaVerifier, readMetaEvents } from '@frontdesk/providers/meta-webhooks';
import { clinic, patient, publicWebhookUrl } from './sms-carrier-contract.ts';
import { describeWhatsAppCarrier } from './whatsapp-carrier-contract.ts';
import type { Posted } from './webhook-signature-contract.ts';

const codes = {
  content: 100,
  recipient: 131026,
  account: 131031,
  'queue-full': 131056,
  'template-paused': 132015,
} as const satisfies Record<string, MetaRefusalCode>;
const wabaId = '2000000000001';
const phoneNumberId = '1060000000001';
const buttons = [
  { id: 'keep', title: 'Keep' },
  { id: 'move', title: 'Move' },
];

describeWhatsAppCarrier('Meta', async () => {
  const carrier = await startMetaSimulator({
    webhookUrl: `${publicWebhookUrl}/webhooks/meta`,
    retryGapsMs: [],
    accounts: [{ wabaId, numbers: [{ phoneNumberId, number: clinic }], token: 'token-1' }],
  });
  await submitTemplate(carrier.graphUrl);
  await carrier.approveTemplate('visit_reminder');

  const read = ({ body }: Posted) => readMetaEvents(JSON.parse(body));
  return {
    provider: 'meta',
    carrier,
    gateway: ({ credentials = 'token-1', baseUrl = carrier.graphUrl, timeoutMs = 10_000 } = {}) =>
      metaTextGateway({ graphUrl: baseUrl, tokenOf: async () => credentials, timeoutMs }),
    profileId: phoneNumberId,
    template: { externalId: '', name: 'visit_reminder', language: 'en_US', choices: buttons },
    isSend: ({ method, path }) => method === 'POST' && path.endsWith('/messages'),
    hear: ({ from = patient, text = '', media, ...more }) =>
      carrier.receiveText({ from, to: clinic, text, ...more, ...(media !== undefined && { media: [media] }) }),
    refuse: (what) => carrier.refuseTexts(codes[what], 1),
    read,
    attemptOf(webhook) {
      const [event] = read(webhook);
      return event?.content.kind === 'delivery-report' ? (event.content.attemptId ?? null) : null;
    },
    verify: ({ headers, body }, keys = (own) => own) =>
      createMetaVerifier({ appSecret: keys(carrier.appSecret, 'other') })(Buffer.from(body), headers),
    addressee: { by: 'whatsapp', phoneNumberId },
    looksUp: { taken: 'cannot-tell', notTaken: 'cannot-tell' },
  };
});

async function submitTemplate(graphUrl: string): Promise<void> {
  const answer = await fetch(`${graphUrl}/${wabaId}/message_templates`, {
    method: 'POST',
    headers: { authorization: 'Bearer token-1', 'content-type': 'application/json' },
    body: JSON.stringify({
      name: 'visit_reminder',
      language: 'en_US',
      category: 'UTILITY',
      components: [
        { type: 'BODY', text: 'Hi {{1}}, see you on {{2}}.', example: { body_text: [['Ana', 'Tuesday']] } },
        { type: 'BUTTONS', buttons: buttons.map(({ title }) => ({ type: 'QUICK_REPLY', text: title })) },
      ],
    }),
  });
  if (!answer.ok) throw new Error(await answer.text());
}

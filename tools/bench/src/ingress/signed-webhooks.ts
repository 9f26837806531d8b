import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { newId } from '@frontdesk/kernel';

/** What the carrier posts: texts alone, receipts alone, or each text with the two receipts of its answer. */
export type Traffic = 'texts' | 'receipts' | 'mix';

/** Requests as Telnyx sends them, each with ids, words and a signature of its own; `texts` of them are texts. */
export type Written = { requests: Buffer[]; texts: number };
export type WebhookWriter = { publicKey: string; write(count: number): Written };

export function createWebhookWriter(
  clinicNumbers: readonly string[],
  { people, traffic }: { people: number; traffic: Traffic },
): WebhookWriter {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  let written = 0;
  const next = (): { body: string; isText: boolean } => {
    const n = written++;
    // A person always writes to the same clinic.
    const person = (n * 7_919) % people;
    const patient = `+1512${String(2_000_000 + person)}`;
    const clinic = clinicNumbers[person % clinicNumbers.length] ?? '';
    const isText = traffic === 'texts' || (traffic === 'mix' && n % 3 === 0);
    const type = n % 3 === 1 ? 'message.sent' : 'message.finalized';
    return { body: isText ? textOf(n, patient, clinic) : receiptOf(type, clinic, patient), isText };
  };
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'),
    write(count) {
      const webhooks = Array.from({ length: count }, next);
      return {
        requests: webhooks.map(({ body, isText }) => request(body, isText ? '' : `?attempt=${newId()}`, privateKey)),
        texts: webhooks.filter(({ isText }) => isText).length,
      };
    },
  };
}

function request(body: string, query: string, privateKey: KeyObject): Buffer {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString('base64');
  return Buffer.from(
    `POST /webhooks/telnyx/messages${query} HTTP/1.1\r\n` +
      'host: hooks.example.test\r\n' +
      'user-agent: telnyx-webhooks\r\n' +
      'content-type: application/json\r\n' +
      `telnyx-timestamp: ${timestamp}\r\n` +
      `telnyx-signature-ed25519: ${signature}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function textOf(n: number, from: string, to: string): string {
  const at = new Date().toISOString();
  return eventOf('message.received', at, {
    direction: 'inbound',
    from: { phone_number: from, carrier: 'ExampleCell', line_type: 'Wireless' },
    to: [{ phone_number: to, carrier: 'Telnyx', line_type: 'Wireless', status: 'webhook_delivered' }],
    text: `Text ${n}: do you have anything for Botox on Tuesday afternoon, and what does it cost?`,
    autoresponse_type: null,
    received_at: at,
    sent_at: null,
    completed_at: null,
  });
}

function receiptOf(type: 'message.sent' | 'message.finalized', from: string, to: string): string {
  const at = new Date().toISOString();
  const status = type === 'message.sent' ? 'sent' : 'delivered';
  return eventOf(type, at, {
    direction: 'outbound',
    from: { phone_number: from, carrier: 'Telnyx', line_type: 'Wireless' },
    to: [{ phone_number: to, carrier: 'ExampleCell', line_type: 'Wireless', status }],
    text: 'Botox is $12 per unit. I have Tuesday at 2:00 PM or 3:30 PM with Jessica. Which one suits you?',
    received_at: null,
    sent_at: at,
    completed_at: at,
  });
}

function eventOf(eventType: string, at: string, payload: Record<string, unknown>): string {
  return JSON.stringify({
    data: {
      record_type: 'event',
      event_type: eventType,
      id: newId(),
      occurred_at: at,
      payload: {
        record_type: 'message',
        id: newId(),
        type: 'SMS',
        organization_id: newId(),
        messaging_profile_id: '40017f00-0000-4000-8000-000000000003',
        cc: [],
        subject: null,
        media: [],
        encoding: 'GSM-7',
        parts: 1,
        tags: [],
        errors: [],
        cost: { amount: '0.0000', currency: 'USD' },
        valid_until: null,
        webhook_url: null,
        webhook_failover_url: null,
        ...payload,
      },
    },
    meta: { attempt: 1, delivered_to: 'https://hooks.example.test/webhooks/telnyx/messages' },
  });
}

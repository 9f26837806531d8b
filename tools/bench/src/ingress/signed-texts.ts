import { generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import { newId } from '@frontdesk/kernel';

/** Makes requests as Telnyx sends them, each with ids, words and a signature of its own. */
export type TextWriter = { publicKey: string; write(count: number): Buffer[] };

export function createTextWriter(clinicNumbers: readonly string[], { people }: { people: number }): TextWriter {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  let written = 0;
  return {
    publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64'),
    write: (count) =>
      Array.from({ length: count }, () => {
        const n = written++;
        // A person always writes to the same clinic.
        const person = (n * 7_919) % people;
        const clinicNumber = clinicNumbers[person % clinicNumbers.length] ?? '';
        return request(textOf(n, `+1512${String(2_000_000 + person)}`, clinicNumber), privateKey);
      }),
  };
}

function request(body: string, privateKey: KeyObject): Buffer {
  const timestamp = Math.floor(Date.now() / 1000);
  const signature = sign(null, Buffer.from(`${timestamp}|${body}`), privateKey).toString('base64');
  return Buffer.from(
    'POST /webhooks/telnyx/messages HTTP/1.1\r\n' +
      'host: hooks.example.test\r\n' +
      'user-agent: telnyx-webhooks\r\n' +
      'content-type: application/json\r\n' +
      `telnyx-timestamp: ${timestamp}\r\n` +
      `telnyx-signature-ed25519: ${signature}\r\n` +
      `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}

function textOf(n: number, from: string, to: string): string {
  const id = newId();
  const at = new Date().toISOString();
  return JSON.stringify({
    data: {
      record_type: 'event',
      event_type: 'message.received',
      id: newId(),
      occurred_at: at,
      payload: {
        record_type: 'message',
        direction: 'inbound',
        id,
        type: 'SMS',
        organization_id: newId(),
        messaging_profile_id: '40017f00-0000-4000-8000-000000000003',
        from: { phone_number: from, carrier: 'ExampleCell', line_type: 'Wireless' },
        to: [{ phone_number: to, carrier: 'Telnyx', line_type: 'Wireless', status: 'webhook_delivered' }],
        cc: [],
        text: `Text ${n}: do you have anything for Botox on Tuesday afternoon, and what does it cost?`,
        subject: null,
        media: [],
        encoding: 'GSM-7',
        parts: 1,
        tags: [],
        errors: [],
        autoresponse_type: null,
        cost: { amount: '0.0000', currency: 'USD' },
        received_at: at,
        sent_at: null,
        completed_at: null,
        valid_until: null,
        webhook_url: null,
        webhook_failover_url: null,
      },
    },
    meta: { attempt: 1, delivered_to: 'https://hooks.example.test/webhooks/telnyx/messages' },
  });
}

import { createHmac, createPrivateKey, createPublicKey, sign } from 'node:crypto';

const pkcs8Prefix = Buffer.from('302e020100300506032b657004220420', 'hex');
const privateKey = createPrivateKey({
  key: Buffer.concat([pkcs8Prefix, Buffer.alloc(32, 7)]),
  format: 'der',
  type: 'pkcs8',
});

export const telnyxPublicKey = createPublicKey(privateKey)
  .export({ format: 'der', type: 'spki' })
  .subarray(-32)
  .toString('base64');
export const squareSignatureKey = 'square-signature-key';
export const publicWebhookUrl = 'https://hooks.example.test';

/** The headers with which Telnyx posts this body. */
export function telnyxHeaders(
  body: string | Buffer,
  timestamp = Math.floor(Date.now() / 1000),
): Record<string, string> {
  const signed = Buffer.concat([Buffer.from(`${timestamp}|`), Buffer.from(body)]);
  return {
    'content-type': 'application/json',
    'user-agent': 'telnyx-webhooks',
    'telnyx-timestamp': String(timestamp),
    'telnyx-signature-ed25519': sign(null, signed, privateKey).toString('base64'),
  };
}

/** The headers with which Square posts this body. */
export function squareHeaders(body: string): Record<string, string> {
  const signature = createHmac('sha256', squareSignatureKey).update(`${publicWebhookUrl}/webhooks/square`).update(body);
  return { 'content-type': 'application/json', 'x-square-hmacsha256-signature': signature.digest('base64') };
}

export const metaAppSecret = 'meta-app-secret-of-the-tests';
export const metaVerifyToken = 'a word that only Meta knows';

/** The headers with which Meta posts this body. */
export function metaHeaders(body: string | Buffer, secret = metaAppSecret): Record<string, string> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  return { 'content-type': 'application/json', 'x-hub-signature-256': `sha256=${signature}` };
}

export const twilioAuthToken = '0123456789abcdef0123456789abcdef';

/** The headers with which Twilio posts this form to this address of ours, as the world knows it. */
export function twilioHeaders(path: string, body: string, token = twilioAuthToken): Record<string, string> {
  const parameters = [...new URLSearchParams(body)].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const signed = `${publicWebhookUrl}${path}${parameters.flat().join('')}`;
  return {
    'content-type': 'application/x-www-form-urlencoded; charset=UTF-8',
    'x-twilio-signature': createHmac('sha1', token).update(signed).digest('base64'),
  };
}

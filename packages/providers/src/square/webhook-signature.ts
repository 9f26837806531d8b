import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConfigFault } from '@frontdesk/kernel';

/** What the header of a webhook says of its body. Square's signature carries no time, so it cannot be stale. */
export type SquareSignatureVerdict = 'valid' | 'missing' | 'invalid';

/**
 * Square signs the registered notification URL followed by the raw body with HMAC-SHA256.
 * The URL comes from configuration, never from the request: a proxy may have changed what arrives.
 * Several keys, separated by commas, are all good, as while a key is rotated.
 * @throws ConfigFault when a key or the URL is empty
 */
export function createSquareVerifier({
  signatureKey,
  notificationUrl,
}: {
  signatureKey: string;
  notificationUrl: string;
}): (raw: Buffer, headers: Readonly<Record<string, string | string[] | undefined>>) => Promise<SquareSignatureVerdict> {
  const keys = signatureKey.split(',').map((key) => key.trim());
  if (keys.includes('')) throw new ConfigFault('SQUARE_WEBHOOK_SIGNATURE_KEY is empty');
  if (notificationUrl === '') throw new ConfigFault('the notification URL registered with Square is empty');
  return async (raw, headers) => {
    const signature = headers['x-square-hmacsha256-signature'];
    if (typeof signature !== 'string') return 'missing';
    const given = Buffer.from(signature, 'base64');
    const isValid = keys.some((key) => {
      const expected = createHmac('sha256', key).update(notificationUrl).update(raw).digest();
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
    return isValid ? 'valid' : 'invalid';
  };
}

import { createHmac, timingSafeEqual } from 'node:crypto';
import { ConfigFault } from '@frontdesk/kernel';
import type { VerifySignature } from '../webhook-signature.ts';

/**
 * Meta signs the raw bytes with HMAC-SHA256 and the app's secret. Its signature carries no time, so it cannot be stale. Two
 * secrets, separated by a comma, are both good, as while the secret is rotated.
 * @throws ConfigFault when a secret is empty
 */
export function createMetaVerifier({ appSecret }: { appSecret: string }): VerifySignature {
  const secrets = appSecret.split(',').map((secret) => secret.trim());
  if (secrets.includes('')) throw new ConfigFault('META_APP_SECRET is empty');
  return async (raw, headers) => {
    const header = headers['x-hub-signature-256'];
    if (typeof header !== 'string' || header === '') return 'missing';
    const [, hex] = /^sha256=([0-9a-f]{64})$/.exec(header) ?? [];
    if (hex === undefined) return 'invalid';
    const given = Buffer.from(hex, 'hex');
    const matches = (secret: string) => timingSafeEqual(given, createHmac('sha256', secret).update(raw).digest());
    return secrets.some(matches) ? 'valid' : 'invalid';
  };
}

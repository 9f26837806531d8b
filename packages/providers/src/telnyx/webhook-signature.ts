import { createPublicKey, verify, type KeyObject } from 'node:crypto';
import { ConfigFault, type Clock } from '@frontdesk/kernel';
import type { VerifySignature } from '../webhook-signature.ts';

/** Telnyx's own tolerance, past and future. */
const toleranceSeconds = 300;

const spkiPrefix = Buffer.from('302a300506032b6570032100', 'hex');

/**
 * Telnyx signs `timestamp|raw body` with Ed25519. Keys are parsed once, and each check runs on the thread pool. Several
 * keys, separated by commas, are all good: while a key is rotated, webhooks of both are under way.
 * @throws ConfigFault when a key is not the base64 of a raw 32-byte key
 */
export function createTelnyxVerifier({ publicKey, clock }: { publicKey: string; clock: Clock }): VerifySignature {
  const keys = publicKey.split(',').map((key) => parseKey(key.trim()));
  return async (raw, headers) => {
    const signature = headers['telnyx-signature-ed25519'];
    const timestamp = headers['telnyx-timestamp'];
    if (typeof signature !== 'string' || typeof timestamp !== 'string') return 'missing';
    if (!/^\d{1,12}$/.test(timestamp)) return 'invalid';
    const age = clock().epochMilliseconds / 1000 - Number(timestamp);
    const signed = Buffer.concat([Buffer.from(`${timestamp}|`), raw]);
    if (!(await matchesAny(signed, keys, Buffer.from(signature, 'base64')))) return 'invalid';
    return Math.abs(age) <= toleranceSeconds ? 'valid' : 'stale';
  };
}

function parseKey(publicKey: string): KeyObject {
  const bytes = Buffer.from(publicKey, 'base64');
  if (bytes.length !== 32) {
    throw new ConfigFault('TELNYX_PUBLIC_KEY must be the base64 of a 32-byte Ed25519 key, as Telnyx shows it');
  }
  return createPublicKey({ key: Buffer.concat([spkiPrefix, bytes]), format: 'der', type: 'spki' });
}

async function matchesAny(signed: Buffer, keys: readonly KeyObject[], signature: Buffer): Promise<boolean> {
  for (const key of keys) if (await matches(signed, key, signature)) return true;
  return false;
}

function matches(signed: Buffer, key: KeyObject, signature: Buffer): Promise<boolean> {
  return new Promise((resolve) => {
    verify(null, signed, key, signature, (error, valid) => resolve(error === null && valid));
  });
}

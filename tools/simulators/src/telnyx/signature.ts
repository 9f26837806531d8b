import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

const PKCS8_PREFIX = Buffer.from('302e020100300506032b657004220420', 'hex');
const RAW_KEY_BYTES = 32;

/** The seed of the reference's test vectors. */
export const REFERENCE_SEED = new Uint8Array(RAW_KEY_BYTES).fill(7);

export interface TelnyxSigner {
  /** Base64 of the raw Ed25519 key, as Mission Control shows it. */
  publicKey: string;
  sign: (body: string, timestampSeconds: number) => Record<string, string>;
}

export function createTelnyxSigner(seed: Uint8Array): TelnyxSigner {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_PREFIX, seed]), format: 'der', type: 'pkcs8' });
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  return {
    publicKey: spki.subarray(-RAW_KEY_BYTES).toString('base64'),
    sign: (body, timestampSeconds) => ({
      'telnyx-signature-ed25519': sign(null, Buffer.from(`${timestampSeconds}|${body}`), key).toString('base64'),
      'telnyx-timestamp': String(timestampSeconds),
    }),
  };
}

import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { ConfigFault } from './errors.ts';

/** Keys by id, newest last, each 32 bytes: old tokens stay readable after a rotation. */
export type TokenKeys = ReadonlyMap<string, Buffer>;

/** A provider token at rest: AES-256-GCM (12 bytes nonce, ciphertext, 16 bytes tag) and the id of its key. */
export type SealedToken = { sealed: Buffer; keyId: string };

/** Encrypts a provider token with the newest key, bound to its clinic. */
export function sealToken(token: string, orgId: string, keys: TokenKeys): SealedToken {
  const newest = [...keys].at(-1);
  if (newest === undefined) throw new ConfigFault('no key to encrypt provider tokens with');
  const [keyId, key] = newest;
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(orgId));
  const ciphertext = Buffer.concat([cipher.update(token, 'utf8'), cipher.final()]);
  return { sealed: Buffer.concat([nonce, ciphertext, cipher.getAuthTag()]), keyId };
}

/** @throws ConfigFault when the key is unknown; Error when the bytes were altered or belong to another clinic */
export function openToken({ sealed, keyId }: SealedToken, orgId: string, keys: TokenKeys): string {
  const key = keys.get(keyId);
  if (key === undefined) throw new ConfigFault(`the key ${keyId} that encrypted a provider token is not configured`);
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, 12)).setAAD(Buffer.from(orgId));
  decipher.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([decipher.update(sealed.subarray(12, -16)), decipher.final()]).toString('utf8');
}

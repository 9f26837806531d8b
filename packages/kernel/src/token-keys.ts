import { Buffer } from 'node:buffer';
import type { TokenKeys } from './token-cipher.ts';

/**
 * Reads `id:base64,id:base64`, newest last.
 * @throws RangeError that names the key which is not 32 bytes, never its bytes
 */
export function parseTokenKeys(text: string): TokenKeys {
  const keys = new Map<string, Buffer>();
  for (const entry of text.split(',')) {
    const colon = entry.indexOf(':');
    const id = entry.slice(0, colon).trim();
    if (colon < 1 || id === '') throw new RangeError('each key is written id:base64');
    const key = Buffer.from(entry.slice(colon + 1).trim(), 'base64');
    if (key.length !== 32) throw new RangeError(`the key ${id} is not 32 bytes in base64`);
    if (keys.has(id)) throw new RangeError(`the key ${id} is given twice`);
    keys.set(id, key);
  }
  return keys;
}

import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ConfigFault } from './errors.ts';
import { newId } from './id.ts';
import { openToken, sealToken } from './token-cipher.ts';
import { parseTokenKeys } from './token-keys.ts';

const [old, current] = [randomBytes(32), randomBytes(32)];
const keys = new Map([
  ['k1', old],
  ['k2', current],
]);
const orgId = newId();

describe('a provider token at rest', () => {
  it('opens for its clinic, and shows nothing of itself', () => {
    const sealed = sealToken('EAAA-secret', orgId, keys);
    expect(openToken(sealed, orgId, keys)).toBe('EAAA-secret');
    expect(sealed.sealed.includes('EAAA')).toBe(false);
    expect(sealToken('EAAA-secret', orgId, keys).sealed.equals(sealed.sealed)).toBe(false);
  });

  it('is sealed with the newest key, and opens after a rotation', () => {
    const before = sealToken('EAAA-secret', orgId, new Map([['k1', old]]));
    expect(openToken(before, orgId, keys)).toBe('EAAA-secret');
    expect(sealToken('EAAA-secret', orgId, keys).keyId).toBe('k2');
  });

  it('does not open for another clinic, altered, or without its key', () => {
    const sealed = sealToken('EAAA-secret', orgId, keys);
    expect(() => openToken(sealed, newId(), keys)).toThrow('unable to authenticate');
    const altered = Buffer.from(sealed.sealed);
    altered.writeUInt8(altered.readUInt8(14) ^ 1, 14);
    expect(() => openToken({ ...sealed, sealed: altered }, orgId, keys)).toThrow('unable to authenticate');
    expect(() => openToken(sealed, orgId, new Map([['k1', old]]))).toThrow(ConfigFault);
  });
});

describe('the keys in the configuration', () => {
  it('are read in their order, newest last', () => {
    const text = [...keys].map(([id, key]) => `${id}:${key.toString('base64')}`).join(',');
    expect([...parseTokenKeys(text)]).toEqual([...keys]);
  });

  it.each([
    ['', 'id:base64'],
    [`k1:${Buffer.alloc(16).toString('base64')}`, 'k1 is not 32 bytes'],
    [`${old.toString('base64')}`, 'id:base64'],
    [`k1:${old.toString('base64')},k1:${current.toString('base64')}`, 'k1 is given twice'],
  ])('are refused when they are wrong: %#', (text, fault) => {
    expect(() => parseTokenKeys(text)).toThrow(fault);
  });
});

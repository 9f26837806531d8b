import { describe, expect, it } from '@jest/globals';
import { ConfigFault } from '@frontdesk/kernel';
import { createSquareVerifier } from './webhook-signature.ts';

// Made with Square's own WebhooksHelper.
const signatureKey = 'asdf1234';
const notificationUrl = 'https://example.com/webhook';
const body = Buffer.from('{"hello":"world"}');
const headers = { 'x-square-hmacsha256-signature': '2kRE5qRU2tR+tBGlDwMEw2avJ7QM4ikPYD/PJ3bd9Og=' };

describe('a signature of Square', () => {
  const verify = createSquareVerifier({ signatureKey, notificationUrl });

  it('that the SDK made is valid', async () => {
    expect(await verify(body, headers)).toBe('valid');
  });

  it.each([
    ['another body', Buffer.from('{"hello":"world" }'), headers],
    ['too few bytes', body, { 'x-square-hmacsha256-signature': 'AAAA' }],
    ['no base64', body, { 'x-square-hmacsha256-signature': '%%%' }],
  ])('is invalid for %s', async (_, raw, given) => {
    expect(await verify(raw, given)).toBe('invalid');
  });

  it('of either key is valid while a key is rotated, and of the old one not after that', async () => {
    const verdicts = [`${signatureKey},new`, `new, ${signatureKey}`, 'new'].map((keys) =>
      createSquareVerifier({ signatureKey: keys, notificationUrl })(body, headers),
    );
    expect(await Promise.all(verdicts)).toEqual(['valid', 'valid', 'invalid']);
  });

  it('is invalid for another address', async () => {
    const elsewhere = createSquareVerifier({ signatureKey, notificationUrl: `${notificationUrl}/` });
    expect(await elsewhere(body, headers)).toBe('invalid');
  });

  it('is missing without its header', async () => {
    expect(await verify(body, {})).toBe('missing');
  });

  it('needs a key and an address', () => {
    expect(() => createSquareVerifier({ signatureKey: '', notificationUrl })).toThrow(ConfigFault);
    expect(() => createSquareVerifier({ signatureKey, notificationUrl: '' })).toThrow(ConfigFault);
  });
});

import { describe, expect, it } from '@jest/globals';
import { ConfigFault } from '@frontdesk/kernel';
import { answerMetaChallenge } from './challenge.ts';
import { createMetaVerifier } from './webhook-signature.ts';

const body = Buffer.from('{"object":"whatsapp_business_account","entry":[]}');
const signature = 'sha256=09eceea024af6e6343b760cc9bd3ae7c056938dd636e24e92109eb8219500384';
const verify = (headers: Record<string, string | string[]>, { appSecret = 'appsecret', raw = body } = {}) =>
  createMetaVerifier({ appSecret })(raw, headers);

describe('the signature of a webhook of Meta', () => {
  it('is that of the published way to sign: HMAC-SHA256 of the raw bytes', async () => {
    expect(await verify({ 'x-hub-signature-256': signature })).toBe('valid');
  });

  it('is of the bytes that came, not of what they say', async () => {
    const raw = Buffer.from(JSON.stringify(JSON.parse(body.toString()), null, 1));
    expect(await verify({ 'x-hub-signature-256': signature }, { raw })).toBe('invalid');
  });

  it.each([
    ['a new secret behind the old one', 'appsecret,next', 'valid'],
    ['an old secret behind the new one', 'next, appsecret', 'valid'],
    ['another secret', 'next', 'invalid'],
  ])('is judged with %s', async (_, appSecret, verdict) => {
    expect(await verify({ 'x-hub-signature-256': signature }, { appSecret })).toBe(verdict);
  });

  it.each([
    ['without the header', {}, 'missing'],
    ['with an empty one', { 'x-hub-signature-256': '' }, 'missing'],
    ['with two', { 'x-hub-signature-256': [signature, signature] }, 'missing'],
    ['with that of SHA-1', { 'x-hub-signature-256': signature.replace('sha256', 'sha1') }, 'invalid'],
    ['with a short one', { 'x-hub-signature-256': signature.slice(0, -2) }, 'invalid'],
    ['with letters that are no digits', { 'x-hub-signature-256': signature.replace('09e', 'xyz') }, 'invalid'],
  ])('is refused %s', async (_, headers, verdict) => {
    expect(await verify(headers)).toBe(verdict);
  });

  it.each(['', ' ', 'appsecret,', ','])('cannot be checked with the secret %j', (appSecret) => {
    expect(() => createMetaVerifier({ appSecret })).toThrow(ConfigFault);
  });
});

describe('the question whether an address is ours', () => {
  const asked = { 'hub.mode': 'subscribe', 'hub.challenge': '1158201444', 'hub.verify_token': 'our words' };

  it('is answered with its challenge to whoever knows our words', () => {
    expect(answerMetaChallenge(asked, 'our words')).toBe('1158201444');
  });

  it.each([
    ['other words', { ...asked, 'hub.verify_token': 'other words' }, 'our words'],
    ['no words', { ...asked, 'hub.verify_token': undefined }, 'our words'],
    ['several words', { ...asked, 'hub.verify_token': ['our words'] }, 'our words'],
    ['another mode', { ...asked, 'hub.mode': 'unsubscribe' }, 'our words'],
    ['no challenge', { ...asked, 'hub.challenge': undefined }, 'our words'],
    ['a challenge that a browser would run', { ...asked, 'hub.challenge': '<script>' }, 'our words'],
    ['empty words where we have none', { ...asked, 'hub.verify_token': '' }, ''],
  ])('is not answered with %s', (_, query, verifyToken) => {
    expect(answerMetaChallenge(query, verifyToken)).toBeNull();
  });
});

import { spawnSync } from 'node:child_process';
import { describe, expect, it } from '@jest/globals';
import { ConfigFault } from '@frontdesk/kernel';
import fc from 'fast-check';
import twilio from 'twilio';
import { createTwilioVerifier } from './webhook-signature.ts';

// Made with Twilio's own SDK.
const token = '12345';
const origin = 'https://example.test';
const target = '/twilio/sms';
const form = { From: '+15125550100', To: '+15125550199', Body: 'hi', MessageSid: 'SM1', NumMedia: '0' };
const signature = 'Dz4RrN2/bhQv3G/ioW0PmzJzDgw=';

const encode = (fields: Record<string, string | readonly string[]>) =>
  Buffer.from(
    new URLSearchParams(
      Object.entries(fields).flatMap(([name, value]) => [value].flat().map((each) => [name, each])),
    ).toString(),
  );
const verifier = (authToken = token, publicWebhookUrl = origin) =>
  createTwilioVerifier({ authToken, publicWebhookUrl });
const signed = (by = signature) => ({ 'x-twilio-signature': by });

describe('a signature of Twilio', () => {
  it('that the SDK made is valid', async () => {
    expect(await verifier()(encode(form), signed(), target)).toBe('valid');
  });

  it('survives a proxy: only the public address, the path and the query count', async () => {
    const url = 'https://desk.example/twilio/messages/status?attempt=a1';
    const by = twilio.getExpectedTwilioSignature(token, url, form);
    const verify = verifier(token, 'https://desk.example/twilio/');
    const headers = { ...signed(by), host: '10.0.0.7:3000', 'x-forwarded-proto': 'http' };
    expect(await verify(encode(form), headers, '/messages/status?attempt=a1')).toBe('valid');
    expect(await verify(encode(form), headers, '/messages/status?attempt=a2')).toBe('invalid');
  });

  it('of a body that is no form covers it by its hash', async () => {
    // Made with Twilio's own SDK, of the body {"a":1}.
    const at = '/h?bodySHA256=015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862';
    const headers = signed('sPCmzGrjOix8iN/SSpuJuoi63ek=');
    expect(await verifier()(Buffer.from('{"a":1}'), headers, at)).toBe('valid');
    expect(await verifier()(Buffer.from('{"a":2}'), headers, at)).toBe('invalid');
    expect(await verifier()(Buffer.from('{"a":1}'), headers, at.slice(0, -1))).toBe('invalid');
  });

  it('of either token is valid while the token is rotated, and of the old one not after that', async () => {
    const verdicts = [`${token},new`, `new, ${token}`, 'new'].map((tokens) =>
      verifier(tokens)(encode(form), signed(), target),
    );
    expect(await Promise.all(verdicts)).toEqual(['valid', 'valid', 'invalid']);
  });

  it('is what the SDK says it is, whatever the form, also with names and values that come twice', async () => {
    const value = fc.string({ unit: 'grapheme', maxLength: 20 });
    const fields = fc.dictionary(
      fc.string({ unit: 'grapheme-ascii', minLength: 1, maxLength: 8 }),
      fc.oneof(value, fc.array(value, { minLength: 1, maxLength: 3 })),
      { maxKeys: 6, noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(fields, fc.string({ maxLength: 12 }), async (given, attempt) => {
        const asked = `/webhooks/twilio/messages/status?attempt=${encodeURIComponent(attempt)}`;
        const by = twilio.getExpectedTwilioSignature(token, `${origin}${asked}`, given);
        expect(await verifier()(encode(given), signed(by), asked)).toBe('valid');
        expect(await verifier()(encode({ ...given, Extra: '1' }), signed(by), asked)).toBe('invalid');
      }),
      { numRuns: 200 },
    );
  });

  it.each([
    ['another text', encode({ ...form, Body: 'ho' }), signed(), target],
    ['one parameter more', encode({ ...form, Extra: '' }), signed(), target],
    ['another path', encode(form), signed(), '/twilio/voice'],
    ['another query', encode(form), signed(), `${target}?a=1`],
    ['no base64', encode(form), signed('%%%'), target],
    ['too few bytes', encode(form), signed(signature.slice(0, 10)), target],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x26]), signed(), target],
    ['an address that is none', encode(form), signed(), ':::\u0000'],
  ])('is invalid for %s', async (_, raw, headers, asked) => {
    expect(await verifier()(raw, headers, asked)).toBe('invalid');
  });

  it.each([[{}], [signed('')], [{ 'x-twilio-signature': ['1', '2'] }]])('is missing in %j', async (headers) => {
    expect(await verifier()(encode(form), headers, target)).toBe('missing');
  });

  it.each(['', ' ', 'one,', ',two'])('needs a token, not %j', (authToken) => {
    expect(() => verifier(authToken)).toThrow(ConfigFault);
  });

  it('needs an address, not a path', () => {
    expect(() => verifier(token, '/webhooks')).toThrow(ConfigFault);
  });

  it('is checked without the rest of the SDK', () => {
    const count = `
      await import(${JSON.stringify(import.meta.resolve('./webhooks.ts'))});
      const { createRequire } = await import('node:module');
      const loaded = Object.keys(createRequire(process.cwd() + '/').cache);
      console.log(JSON.stringify(loaded.filter((file) => /twilio|axios/.test(file)).length));`;
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', count], { encoding: 'utf8' });
    expect(stdout.trim()).toBe('1');
  });
});

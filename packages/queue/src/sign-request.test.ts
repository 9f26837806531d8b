import { expect, test } from '@jest/globals';
import { SignatureV4 } from '@smithy/signature-v4';
import fc from 'fast-check';
import { createSqs } from './sqs.ts';
import { signRequest } from './sign-request.ts';

const { sha256 } = createSqs({ endpoint: 'http://127.0.0.1:1', region: 'eu-west-1' }).config;
const key = fc.string({ minLength: 1, unit: fc.constantFrom('A', 'b', '0', '9', '/', '+', '=') });
const identities = fc.record({
  accessKeyId: key,
  secretAccessKey: key,
  sessionToken: fc.option(key, { nil: undefined }),
});
const requests = fc.record({
  host: fc.constantFrom('sqs.eu-west-1.amazonaws.com', '127.0.0.1:4566'),
  region: fc.constantFrom('eu-west-1', 'us-east-1'),
  body: fc.string({ unit: 'binary' }),
  by: fc.nat({ max: 1 }),
  now: fc.date({ min: new Date('2026-01-01'), max: new Date('2026-01-04'), noInvalidDate: true }),
});
const headers = { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.SendMessageBatch' };

test('requests are signed as the SDK signs them, whoever signed the one before, where and when', () =>
  fc.assert(
    fc.asyncProperty(
      fc.tuple(identities, identities),
      fc.array(requests, { minLength: 2, maxLength: 6 }),
      async (both, several) => {
        for (const { host, region, body, by, now } of several) {
          const { sessionToken, ...keys } = both[by] ?? both[0];
          const credentials = sessionToken === undefined ? keys : { ...keys, sessionToken };
          const signer = new SignatureV4({ credentials, region, sha256, service: 'sqs', applyChecksum: false });
          const toSign = { method: 'POST', protocol: 'https:', hostname: host, path: '/', query: {}, body };
          const signed = await signer.sign({ ...toSign, headers: { ...headers, host } }, { signingDate: now });
          expect(signRequest({ host, region, headers, body, credentials, now })).toEqual(signed.headers);
        }
      },
    ),
  ));

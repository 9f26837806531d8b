import { describe, expect, it } from '@jest/globals';
import { ConfigFault } from '@frontdesk/kernel';
import { createTelnyxVerifier } from './webhook-signature.ts';

// Made with Telnyx's own SDK from the Ed25519 seed of 32 bytes 0x07.
const publicKey = '6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=';
const timestamp = 1_763_600_000;
const body = Buffer.from('{"data":{"event_type":"message.received","id":"evt-1"}}');
const signature = 'sDaGQq9iF9mCINSlc5ODzQa7Gp/sFXbZiN0ZT2LK5tLIwkYXpY8SQlo7mXot4c4G8eyyOuqy+N5Dfh5MGGp0DA==';
const headers = { 'telnyx-timestamp': String(timestamp), 'telnyx-signature-ed25519': signature };

const verifierAt = (offsetSeconds: number) =>
  createTelnyxVerifier({
    publicKey,
    clock: () => Temporal.Instant.fromEpochMilliseconds((timestamp + offsetSeconds) * 1000),
  });

describe('a signature of Telnyx', () => {
  it('that the SDK made is valid', async () => {
    expect(await verifierAt(0)(body, headers)).toBe('valid');
  });

  it('of either key is valid while a key is rotated, and of the old one not after that', async () => {
    const other = Buffer.alloc(32, 3).toString('base64');
    const clock = () => Temporal.Instant.fromEpochMilliseconds(timestamp * 1000);
    const verdicts = [`${publicKey},${other}`, `${other}, ${publicKey}`, other].map((keys) =>
      createTelnyxVerifier({ publicKey: keys, clock })(body, headers),
    );
    expect(await Promise.all(verdicts)).toEqual(['valid', 'valid', 'invalid']);
  });

  it.each([
    [-300, 'valid'],
    [300, 'valid'],
    [240, 'valid'],
    [-301, 'stale'],
    [301, 'stale'],
  ])('that is %d seconds old is %s', async (age, verdict) => {
    expect(await verifierAt(age)(body, headers)).toBe(verdict);
  });

  it.each([
    ['another body', Buffer.from('{}'), headers],
    ['another time', body, { ...headers, 'telnyx-timestamp': String(timestamp + 1) }],
    ['no base64', body, { ...headers, 'telnyx-signature-ed25519': '%%%' }],
    ['too few bytes', body, { ...headers, 'telnyx-signature-ed25519': signature.slice(0, 40) }],
    ['a time in words', body, { ...headers, 'telnyx-timestamp': 'now' }],
  ])('is invalid for %s', async (_, raw, given) => {
    expect(await verifierAt(0)(raw, given)).toBe('invalid');
  });

  it.each([
    [{}],
    [{ 'telnyx-timestamp': String(timestamp) }],
    [{ 'telnyx-signature-ed25519': signature }],
    [{ ...headers, 'telnyx-timestamp': ['1', '2'] }],
  ])('is missing in %j', async (given) => {
    expect(await verifierAt(0)(body, given)).toBe('missing');
  });

  it.each(['', 'short', '-----BEGIN PUBLIC KEY-----'])('needs a key of 32 bytes, not %j', (key) => {
    expect(() => createTelnyxVerifier({ publicKey: key, clock: Temporal.Now.instant })).toThrow(ConfigFault);
  });
});

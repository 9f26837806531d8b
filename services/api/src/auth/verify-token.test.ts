import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId, TransientFailure } from '@frontdesk/kernel';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT, type CryptoKey } from 'jose';
import { makeVerifyToken } from './verify-token.ts';

const clinic = newId();
const audience = 'app';
const orgs = 'frontdesk:orgs';
let issuer = '';
let ours: { publicKey: CryptoKey; privateKey: CryptoKey };
let others: typeof ours;
/** What the issuer shows at its address of keys. */
let shown = '';
let fetched = 0;
let elapsedMs = 0;

const server = createServer((_request, response) => {
  fetched += 1;
  response.end(shown);
});
beforeAll(async () => {
  [ours, others] = await Promise.all([generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256')]);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  issuer = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const keyOf = async (key: CryptoKey, kid: string) => ({ ...(await exportJWK(key)), kid, alg: 'RS256', use: 'sig' });
const show = async (...keys: [key: CryptoKey, kid: string][]) => {
  shown = JSON.stringify({ keys: await Promise.all(keys.map(([key, kid]) => keyOf(key, kid))) });
};
const verifierOf = () => makeVerifyToken({ issuer, audience, jwksUrl: issuer, elapsed: () => elapsedMs });

type Wanted = { header?: Record<string, unknown>; claims?: Record<string, unknown>; key?: CryptoKey };
const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;
const claimsOf = (claims: Record<string, unknown> = {}) => ({
  iss: issuer,
  aud: audience,
  sub: 'olga',
  exp: inSeconds(300),
  [orgs]: { [clinic]: 'owner' },
  ...claims,
});
const sign = ({ header = {}, claims, key = ours.privateKey }: Wanted = {}) =>
  new SignJWT(claimsOf(claims)).setProtectedHeader({ alg: 'RS256', kid: 'ours', ...header }).sign(key);

describe('a token', () => {
  it.each([
    ['as the issuer makes them', () => ({}), true],
    ['for several, us among them', () => ({ claims: { aud: ['another', audience] } }), true],
    [
      'whose clinics are text, as attributes of Cognito are',
      () => ({ claims: { [orgs]: `{"${clinic}":"owner"}` } }),
      true,
    ],
    ['whose clinics are text and no JSON', () => ({ claims: { [orgs]: 'owner' } }), false],
    ['with a role that is none', () => ({ claims: { [orgs]: { [clinic]: 'emperor' } } }), false],
    ['of a clock that is seconds ahead', () => ({ claims: { nbf: inSeconds(3), iat: inSeconds(3) } }), true],
    ['that ended a moment ago', () => ({ claims: { exp: inSeconds(-2) } }), true],
    ['that ended', () => ({ claims: { exp: inSeconds(-30) } }), false],
    ['that is good later', () => ({ claims: { nbf: inSeconds(60) } }), false],
    ['that never ends', () => ({ claims: { exp: undefined } }), false],
    ['whose end is a word', () => ({ claims: { exp: 'never' } }), false],
    ['for nobody', () => ({ claims: { aud: [] } }), false],
    ['of another issuer', () => ({ claims: { iss: 'https://elsewhere.example' } }), false],
    ['without a subject', () => ({ claims: { sub: undefined } }), false],
    ['that names no key', () => ({ header: { kid: undefined } }), false],
    ['signed by another key under the name of ours', () => ({ key: others.privateKey }), false],
  ] satisfies [what: string, wanted: () => Wanted, good: boolean][])('%s', async (_, wanted, good) => {
    await show([ours.publicKey, 'ours']);
    expect((await verifierOf()(await sign(wanted()))) !== null).toBe(good);
  });

  it('that brings the key by which it is to be judged is not judged by it', async () => {
    await show([ours.publicKey, 'ours']);
    const jwk = await exportJWK(others.publicKey);
    expect(await verifierOf()(await sign({ header: { jwk, jku: issuer }, key: others.privateKey }))).toBeNull();
  });

  it('signed with the public key as if that were a secret is none', async () => {
    await show([ours.publicKey, 'ours']);
    const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const signed = `${part({ alg: 'HS256', kid: 'ours' })}.${part(claimsOf())}`;
    const mac = createHmac('sha256', await exportSPKI(ours.publicKey))
      .update(signed)
      .digest('base64url');
    expect(await verifierOf()(`${signed}.${mac}`)).toBeNull();
  });
});

describe('the keys of the issuer', () => {
  it('are fetched once for many tokens', async () => {
    await show([ours.publicKey, 'ours']);
    const verify = verifierOf();
    const before = fetched;
    for (let n = 0; n < 3; n += 1) expect(await verify(await sign())).not.toBeNull();
    expect(fetched - before).toBe(1);
  });

  it('are new at once for whoever has a token of the new one, though a stranger named a key that is nobody’s', async () => {
    await show([ours.publicKey, 'ours']);
    const verify = verifierOf();
    expect(await verify(await sign({ header: { kid: 'nobody' }, key: others.privateKey }))).toBeNull();
    await show([others.publicKey, 'new']);
    expect(await verify(await sign({ header: { kid: 'new' }, key: others.privateKey }))).not.toBeNull();
  });

  it('are asked for once while many strangers name keys that are nobody’s', async () => {
    await show([ours.publicKey, 'ours']);
    const verify = verifierOf();
    const strange = (n: number) => sign({ header: { kid: `nobody-${n}` }, key: others.privateKey });
    expect(await verify(await strange(0))).toBeNull();
    const before = fetched;
    const more = await Promise.all(Array.from({ length: 20 }, async (_, n) => verify(await strange(n + 1))));
    expect(more).toEqual(Array.from({ length: 20 }, () => null));
    expect(fetched - before).toBe(1);
  });

  it('that were taken back are good for ten minutes at most', async () => {
    await show([ours.publicKey, 'ours']);
    const verify = verifierOf();
    const token = await sign();
    expect(await verify(token)).not.toBeNull();
    await show([others.publicKey, 'new']);
    elapsedMs += 599_000;
    expect(await verify(token)).not.toBeNull();
    elapsedMs += 1_000;
    expect(await verify(token)).toBeNull();
  });

  it.each([
    ['a page', '<html>We are back soon.</html>'],
    ['no keys', '{}'],
    ['a key that is none', '{"keys":[{"kty":7}]}'],
    ['more than keys', ' '.repeat(100_001)],
  ])('that are %s leave the token unjudged, and those that are known in use', async (_, instead) => {
    await show([ours.publicKey, 'ours']);
    const verify = verifierOf();
    expect(await verify(await sign())).not.toBeNull();
    shown = instead;
    await expect(verifierOf()(await sign())).rejects.toThrow(TransientFailure);
    elapsedMs += 600_000;
    expect(await verify(await sign())).not.toBeNull();
  });
});

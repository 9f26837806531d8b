import { TransientFailure } from '@frontdesk/kernel';
import { JwtVerifier } from 'aws-jwt-verify';
import { FetchError, JwksNotAvailableInCacheError } from 'aws-jwt-verify/error';
import { SimpleJwksCache } from 'aws-jwt-verify/jwk';
import { readClaims, type Principal } from './claims.ts';

/** Who the token's bearer is. Null for every token that is not good, whatever is wrong with it. */
export type VerifyToken = (token: string) => Promise<Principal | null>;

export type Issuer = { issuer: string; audience: string; jwksUrl: string };

const keysWithinMs = 3_000;
const keysAtMostBytes = 100_000;

/** Holds tokens against the issuer's keys, which are fetched once and again when a token names a key that is new. */
export function makeVerifyToken({ issuer, audience, jwksUrl }: Issuer): VerifyToken {
  const verifier = JwtVerifier.create(
    { issuer, audience, jwksUri: jwksUrl, graceSeconds: 5 },
    { jwksCache: new SimpleJwksCache({ fetcher: { fetch: fetchKeys } }) },
  );
  return async (token) => {
    try {
      return readClaims(await verifier.verify(token));
    } catch (error) {
      if (isFaultOfIssuer(error))
        throw new TransientFailure('the keys of the issuer cannot be fetched', { cause: error });
      return null;
    }
  };
}

async function fetchKeys(uri: string): Promise<ArrayBuffer> {
  try {
    const answer = await fetch(uri, { signal: AbortSignal.timeout(keysWithinMs), redirect: 'error' });
    if (!answer.ok) throw new Error(`the issuer answered ${answer.status}`);
    const keys = await answer.arrayBuffer();
    if (keys.byteLength > keysAtMostBytes) throw new Error('the issuer answered with more than keys');
    return keys;
  } catch (error) {
    throw new FetchError(uri, error);
  }
}

function isFaultOfIssuer(error: unknown): boolean {
  return error instanceof FetchError || error instanceof JwksNotAvailableInCacheError;
}

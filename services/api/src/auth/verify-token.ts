import { setTimeout as passed } from 'node:timers/promises';
import { TransientFailure } from '@frontdesk/kernel';
import { JwtVerifier } from 'aws-jwt-verify';
import {
  FetchError,
  JwksNotAvailableInCacheError,
  JwksValidationError,
  JwkValidationError,
} from 'aws-jwt-verify/error';
import { SimpleJwksCache, type PenaltyBox } from 'aws-jwt-verify/jwk';
import { readClaims, type Principal } from './claims.ts';

/** Who the token's bearer is. Null for every token that is not good, whatever is wrong with it. */
export type VerifyToken = (token: string) => Promise<Principal | null>;

export type Issuer = {
  issuer: string;
  audience: string;
  jwksUrl: string;
  /** Milliseconds of a clock that only moves on. */
  elapsed?: () => number;
};

const keysWithinMs = 3_000;
const keysAtMostBytes = 100_000;
/** A key that the issuer took back is good for so long at most, while the issuer can be reached. */
const keysGoodForMs = 600_000;
const unknownKeysEveryMs = 1_000;

/** Holds tokens against the issuer's keys, which are fetched once, again when a token names a key that is new, and now and then. */
export function makeVerifyToken({ issuer, audience, jwksUrl, elapsed = () => performance.now() }: Issuer): VerifyToken {
  const jwksCache = new SimpleJwksCache({ fetcher: { fetch: fetchKeys }, penaltyBox: oneAfterAnother() });
  const verifier = JwtVerifier.create({ issuer, audience, jwksUri: jwksUrl, graceSeconds: 5 }, { jwksCache });
  let fetchedAt = elapsed();

  async function refreshKeys(): Promise<void> {
    if (elapsed() - fetchedAt < keysGoodForMs) return;
    fetchedAt = elapsed();
    // An issuer that is away takes nothing back.
    await jwksCache.getJwks(jwksUrl).catch(() => {});
  }

  return async (token) => {
    try {
      await refreshKeys();
      return readClaims(await verifier.verify(token));
    } catch (error) {
      if (isFaultOfIssuer(error))
        throw new TransientFailure('the keys of the issuer cannot be fetched', { cause: error });
      return null;
    }
  };
}

/**
 * After a token that names a key which the issuer does not have, the next unknown key waits a second. It is not refused: whoever
 * has a token of a key that is new to us would else be turned away for what a stranger sent.
 */
function oneAfterAnother(): PenaltyBox {
  let free: Promise<unknown> = Promise.resolve();
  return {
    wait: async () => void (await free),
    registerFailedAttempt: () => {
      free = passed(unknownKeysEveryMs, undefined, { ref: false });
    },
    registerSuccessfulAttempt: () => {},
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

/** It cannot be reached, or answers with something else than keys, as a page on maintenance is. */
function isFaultOfIssuer(error: unknown): boolean {
  return (
    error instanceof FetchError ||
    error instanceof JwksNotAvailableInCacheError ||
    error instanceof JwksValidationError ||
    error instanceof JwkValidationError
  );
}

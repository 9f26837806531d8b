import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * What Meta is answered when it asks whether a webhook's address is ours: its challenge. Null when it does not know our token,
 * which is answered with 403. `query` as it came, each name with its value.
 */
export function answerMetaChallenge(query: Readonly<Record<string, unknown>>, verifyToken: string): string | null {
  const { 'hub.mode': mode, 'hub.verify_token': token, 'hub.challenge': challenge } = query;
  if (mode !== 'subscribe' || typeof token !== 'string' || verifyToken === '') return null;
  if (typeof challenge !== 'string' || !/^[\w.-]{1,200}$/.test(challenge)) return null;
  return timingSafeEqual(digest(token), digest(verifyToken)) ? challenge : null;
}

/** Of equal length, whatever a stranger sends. */
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

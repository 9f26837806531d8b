import { v5, v7, validate } from 'uuid';

/** An RFC 9562 UUID in lower case. */
export type Id = string;

const CAUSES = '5f0c1b1e-6a3f-4c0d-9a37-0d0e7f5c2b11';

/** Randomness for many ids: fetching it costs far more than making an id of it. */
const random = new Uint8Array(256 * 16);
let used = random.length;
const last = { msecs: 0, seq: 0 };

/** A new id that sorts by time (version 7), and behind all that this process made before. */
export function newId(): Id {
  if (used === random.length) {
    crypto.getRandomValues(random);
    used = 0;
  }
  const bytes = random.subarray(used, (used += 16));
  const now = Date.now();
  if (now > last.msecs) {
    last.msecs = now;
    last.seq = new DataView(bytes.buffer, bytes.byteOffset).getUint32(6) >>> 1;
  } else last.seq += 1;
  return v7({ random: bytes, ...last });
}

/** The id that belongs to a cause (version 5): the same cause always yields the same id, so a repeat finds the first. */
export function derivedId(cause: string): Id {
  return v5(cause, CAUSES);
}

export function isId(value: string): boolean {
  return validate(value);
}

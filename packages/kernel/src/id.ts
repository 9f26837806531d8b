import { v5, v7, validate } from 'uuid';

/** An RFC 9562 UUID in lower case. */
export type Id = string;

const CAUSES = '5f0c1b1e-6a3f-4c0d-9a37-0d0e7f5c2b11';

/** A new id that sorts by time (version 7). */
export function newId(): Id {
  return v7();
}

/** The id that belongs to a cause (version 5): the same cause always yields the same id, so a repeat finds the first. */
export function derivedId(cause: string): Id {
  return v5(cause, CAUSES);
}

export function isId(value: string): boolean {
  return validate(value);
}

import { createHash } from 'node:crypto';

/** Choices that look random and are the same for the same words. */
export type Choices = {
  /** In [0, 1). */
  number(): number;
  oneOf<T>(options: readonly [T, ...T[]]): T;
};

export function choicesFrom(...words: unknown[]): Choices {
  let state = createHash('sha256').update(JSON.stringify(words)).digest();
  const number = (): number => {
    state = createHash('sha256').update(state).digest();
    return state.readUInt32BE(0) / 2 ** 32;
  };
  return {
    number,
    oneOf: (options) => options[Math.floor(number() * options.length)] ?? options[0],
  };
}

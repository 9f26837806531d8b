import { expect } from '@jest/globals';

/** Jest compares what can be listed of an object, which is nothing of an instant: without this any two of them are equal. */
expect.addEqualityTesters([
  (one: unknown, other: unknown) => {
    const [kind, otherKind] = [temporalKind(one), temporalKind(other)];
    if (kind === null && otherKind === null) return undefined;
    return kind === otherKind && String(one) === String(other);
  },
]);

function temporalKind(value: unknown): string | null {
  const [, kind = null] = /^\[object (Temporal\.\w+)\]$/.exec(Object.prototype.toString.call(value)) ?? [];
  return kind;
}

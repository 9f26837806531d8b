/**
 * Rows that were in hand when the process ended, more than once. One of them may be what ends it, so they are handed out one at
 * a time: then it ends alone, and the others come through.
 */
export function makeSuspects() {
  let suspects: readonly string[] = [];
  return {
    /** The suspects of a new start, oldest first. */
    set(ids: readonly string[]): void {
      suspects = ids;
    },
    /** It has been handled, parked or put back by a living process. */
    clear(id: string): void {
      suspects = suspects.filter((each) => each !== id);
    },
    /** Those that must wait, given what is in hand. */
    heldBack(inHand: ReadonlySet<string>): readonly string[] {
      return suspects.some((id) => inHand.has(id)) ? suspects : suspects.slice(1);
    },
  };
}

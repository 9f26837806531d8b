/** What is to happen to the next of something, in the order in which it was asked for. */
export interface Planned<T> {
  add: (entry: T, times?: number) => void;
  /** The first entry that fits, which uses one of its times up. */
  next: (fits?: (entry: T) => boolean) => T | null;
  clear: () => void;
}

export function createPlanned<T>(): Planned<T> {
  let entries: { entry: T; left: number }[] = [];
  return {
    add(entry, times = Number.POSITIVE_INFINITY) {
      entries.push({ entry, left: times });
    },

    next(fits = () => true) {
      const current = entries.find(({ entry }) => fits(entry));
      if (current === undefined) return null;
      current.left -= 1;
      if (current.left <= 0) entries = entries.filter((each) => each !== current);
      return current.entry;
    },

    clear() {
      entries = [];
    },
  };
}

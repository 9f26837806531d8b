/** The part of a day in which a text may leave, by the wall clock of the place: from `opens` until before `closes`. */
export type DayHours = { opens: Temporal.PlainTime; closes: Temporal.PlainTime };

/** The hours of each day; null for a day on which nothing may leave. */
export type HoursOn = (date: Temporal.PlainDate) => DayHours | null;

export function between(opens: string, closes: string): DayHours {
  return { opens: Temporal.PlainTime.from(opens), closes: Temporal.PlainTime.from(closes) };
}

/** What all of them allow. */
export function strictest(rules: readonly HoursOn[]): HoursOn {
  return (date) => {
    let narrowest: DayHours | null = null;
    for (const hoursOn of rules) {
      const hours = hoursOn(date);
      if (hours === null) return null;
      narrowest = narrowest === null ? hours : overlap(narrowest, hours);
    }
    return narrowest !== null && earlier(narrowest.opens, narrowest.closes) ? narrowest : null;
  };
}

function overlap(one: DayHours, other: DayHours): DayHours {
  return {
    opens: earlier(one.opens, other.opens) ? other.opens : one.opens,
    closes: earlier(one.closes, other.closes) ? one.closes : other.closes,
  };
}

export function earlier(one: Temporal.PlainTime, other: Temporal.PlainTime): boolean {
  return Temporal.PlainTime.compare(one, other) < 0;
}

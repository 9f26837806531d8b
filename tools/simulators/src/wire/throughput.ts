import type { Clock } from '@frontdesk/kernel';

/** How many texts the carrier takes. */
export interface ThroughputLimit {
  /** Below 1 too: 0.25 is one text in four seconds. */
  textsPerSecond: number;
  /** Whose texts count together: all of the account (the default), or those of each sending number. */
  per?: 'account' | 'number';
  /** What those above the limit are answered (the default: too-many-requests). */
  answer?: 'too-many-requests' | 'queue-full';
}

export interface OverLimit {
  answer: 'too-many-requests' | 'queue-full';
  /** Whole seconds after which there is room. */
  retryAfterSeconds: number;
}

export interface Throughput {
  limit: (limit: ThroughputLimit | null) => void;
  /** Counts a text of this number, or says why it is one too many. */
  take: (from: string) => OverLimit | null;
}

/** Takes no more texts in any second than the limit says, however they are spread over it. */
export function createThroughput(clock: Clock): Throughput {
  let current: ThroughputLimit | null = null;
  let taken = new Map<string, number[]>();

  return {
    limit(limit) {
      current = limit;
      taken = new Map();
    },

    take(from) {
      if (current === null) return null;
      const { textsPerSecond, per = 'account', answer = 'too-many-requests' } = current;
      const windowMs = 1_000 * Math.max(1, 1 / textsPerSecond);
      const most = Math.max(1, Math.floor(textsPerSecond));
      const key = per === 'number' ? from : '';
      const now = clock().epochMilliseconds;
      const within = (taken.get(key) ?? []).filter((at) => at > now - windowMs);
      const [oldest] = within;
      if (oldest !== undefined && within.length >= most) {
        taken.set(key, within);
        return { answer, retryAfterSeconds: Math.max(1, Math.ceil((oldest + windowMs - now) / 1_000)) };
      }
      taken.set(key, [...within, now]);
      return null;
    },
  };
}

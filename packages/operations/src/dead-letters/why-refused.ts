import { maxReceiveCount } from '@frontdesk/contracts';

/** Why nothing came of a message, for people, and how often it was tried. */
export type Refusal = { why: string; tries: number };

const kinds: Record<string, (detail: string) => string> = {
  'invalid-message': (detail) => `The message does not fit what its handler expects: ${detail}`,
  'not-found': (detail) => `It speaks of something that is not there: ${detail}`,
  permanent: (detail) => `A vendor said no for good: ${detail}`,
  conflict: (detail) => `Somebody else changed the same row each time: ${detail}`,
  transient: (detail) => `Something that it needs failed each time: ${detail}`,
  config: (detail) => `A setting is missing or wrong: ${detail}`,
  unforeseen: (detail) => `The handler broke in a way that nobody foresaw (${detail}): in all likelihood a bug`,
};

/** Reads the reason that a consumer wrote down when it parked a message. */
export function refusalOf(reason: string): Refusal {
  const [, times, last] = /^failed (\d+) times, at last with (.+)$/s.exec(reason) ?? [];
  return { why: inWords(last ?? reason), tries: Number(times ?? 1) };
}

/** A message in the dead-letter queue has no reason: whoever had it in hand did not live to tell. */
export const killed: Refusal = {
  why:
    `It was handed out ${maxReceiveCount} times and never finished: each time the process died with it, ` +
    'or did not answer in time',
  tries: maxReceiveCount,
};

function inWords(reason: string): string {
  const [, kind = '', detail = ''] = /^([a-z-]+): (.+)$/s.exec(reason) ?? [];
  return kinds[kind]?.(detail) ?? `Nobody could handle it: ${reason}`;
}

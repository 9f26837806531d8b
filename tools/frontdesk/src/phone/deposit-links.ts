import type { ThreadText } from './phone-client.ts';

type Thread = readonly ThreadText[];

/** The links to Square's checkout at `origin` that the desk sent, oldest first. */
export const depositLinks = (thread: Thread, origin: string): string[] =>
  thread
    .filter(({ direction }) => direction === 'in')
    .flatMap(({ text }) => text.match(/https?:\/\/\S+/g) ?? [])
    .filter((link) => link.startsWith(origin));

/** Whether one came since the person last wrote: after their words another may be on its way. */
export const hasNewLink = (thread: Thread, origin: string): boolean =>
  depositLinks(thread.slice(thread.findLastIndex(({ direction }) => direction === 'out') + 1), origin).length > 0;

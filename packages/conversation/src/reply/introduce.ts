import { longestReply } from '../rules.ts';
import { shorten } from './reply-style.ts';

/** For the words on how to opt out, which join the first text when it is asked for. */
const roomForOptOut = ' Reply STOP to opt out.'.length;

/** The first text says who writes; how to end it is said by the desk once, never by a model. The end of a long reply gives way. */
export function introduce(reply: string, { greeted, clinicName }: { greeted: boolean; clinicName: string }): string {
  const body = reply.replace(/\s*(you can )?(reply|text) "?stop"? [^.!?]*[.!?]?/gi, '').trim();
  if (greeted) return shorten(body, longestReply);
  const named = body.toLowerCase().includes(clinicName.toLowerCase());
  const hello = named ? '' : `Hi, this is the virtual receptionist of ${clinicName}. `;
  return `${hello}${shorten(body, longestReply - hello.length - roomForOptOut)}`;
}

/** Puts what must be said behind a reply that may be shortened for it. */
export function withEnding(reply: string, ending: string): string {
  return `${shorten(reply, longestReply - ending.length - 1)} ${ending}`.trim();
}

import { longestReply } from '../rules.ts';
import { shorten } from './reply-style.ts';

const optOut = 'Reply STOP to opt out.';

/** The first text says who writes and how to end it; later ones say neither. The end of a long reply gives way, never these. */
export function introduce(reply: string, { greeted, clinicName }: { greeted: boolean; clinicName: string }): string {
  const body = reply.replace(/\s*(you can )?(reply|text) "?stop"? [^.!?]*[.!?]?/gi, '').trim();
  if (greeted) return shorten(body, longestReply);
  const named = body.toLowerCase().includes(clinicName.toLowerCase());
  const hello = named ? '' : `Hi, this is the virtual receptionist of ${clinicName}. `;
  return `${hello}${shorten(body, longestReply - hello.length - optOut.length - 1)} ${optOut}`;
}

/** Puts what must be said behind a reply that may be shortened for it. */
export function withEnding(reply: string, ending: string): string {
  return `${shorten(reply, longestReply - ending.length - 1)} ${ending}`.trim();
}

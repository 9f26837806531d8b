import { createHash } from 'node:crypto';
import type { Id } from '@frontdesk/kernel';

/** Twilio's names of numbers and Messaging Services have at most 64 characters. */
const longest = 64;

/** A name for people with a label of ours at its end, by which it is found again: `Glow Spa #0199d5a0-…`. */
export function labelled(name: string, label: string): string {
  const words = Array.from(name.trim())
    .slice(0, longest - label.length - 2)
    .join('')
    .trim();
  return words === '' ? `#${label}` : `${words} #${label}`;
}

/** The label in such a name. */
export function labelOf(friendlyName: string): string | null {
  return /#([\w-]+)$/.exec(friendlyName)?.[1] ?? null;
}

/** Stands for an id of ours where its own 36 characters would leave no room for a name: 96 bits in 16 characters. */
export function tagOf(id: Id): string {
  return createHash('sha256').update(id).digest('base64url').slice(0, 16);
}

/** Twilio's names of numbers and Messaging Services have at most 64 characters. */
const longest = 64;

/** A name for people that carries an id of ours at its end, by which it is found again: `Glow Spa #0199d5a0-…`. */
export function labelled(name: string, id: string): string {
  const label = `#${id}`;
  const words = Array.from(name.trim())
    .slice(0, longest - label.length - 1)
    .join('')
    .trim();
  return words === '' ? label : `${words} ${label}`;
}

/** The id in such a name. */
export function labelOf(friendlyName: string): string | null {
  return /#([0-9a-f-]{36})$/.exec(friendlyName)?.[1] ?? null;
}

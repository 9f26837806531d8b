import type { Listeners } from './listeners.ts';
import type { TextAccepted, WaitForText } from './texting.ts';

/** Resolves with the first accepted text that fits, which may have come already. */
export function waitForText<Text extends TextAccepted>(
  accepted: readonly Text[],
  arrivals: Listeners<Text>,
  wanted: WaitForText,
): Promise<Text> {
  const found = accepted.slice(wanted.after ?? 0).find((text) => fits(text, wanted));
  if (found !== undefined) return Promise.resolve(found);

  const timeoutMs = wanted.timeoutMs ?? 5_000;
  return new Promise((resolve, reject) => {
    const ignore = arrivals.add((text) => {
      if (!fits(text, wanted)) return;
      clearTimeout(timer);
      ignore();
      resolve(text);
    });
    const timer = setTimeout(() => {
      ignore();
      const others = accepted.map((text) => `  to ${text.to}: ${text.text}`).join('\n');
      reject(new Error(`no such text within ${timeoutMs} ms; the carrier took:\n${others}`));
    }, timeoutMs);
  });
}

function fits(text: TextAccepted, { to, from, matching }: WaitForText): boolean {
  return (
    (to === undefined || text.to === to) &&
    (from === undefined || text.from === from) &&
    (matching === undefined || matching.test(text.text))
  );
}

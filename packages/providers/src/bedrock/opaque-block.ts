import type { ContentBlock } from '@aws-sdk/client-bedrock-runtime';

const bytesKey = '$bytes';

/** A block of the vendor in a form that survives JSON, since answers are stored: bytes become base64. */
export function keepBlock(block: ContentBlock): unknown {
  return JSON.parse(
    JSON.stringify(block, (_key, value: unknown) =>
      value instanceof Uint8Array ? { [bytesKey]: Buffer.from(value).toString('base64') } : value,
    ),
  );
}

/** The block as the SDK gave it. */
export function restoreBlock(kept: unknown): ContentBlock {
  // It is what keepBlock made of a ContentBlock; nobody looks inside in between.
  return revive(kept) as ContentBlock;
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive);
  if (typeof value !== 'object' || value === null) return value;
  if (bytesKey in value && typeof value[bytesKey] === 'string') return Buffer.from(value[bytesKey], 'base64');
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, revive(inner)]));
}

import { createHash } from 'node:crypto';
import type { ConverseRequest, ModelReply } from './converse-wire.ts';

export type Usage = {
  inputTokens: number;
  outputTokens: number;
  totalTokens: number;
  cacheReadInputTokens: number;
  cacheWriteInputTokens: number;
};

/** Fewer tokens than this before the cache point are not cached, without an error. */
const minimumTokens = 512;
const maxEntries = 1_000;

const tokensOf = (value: unknown): number => Math.ceil(JSON.stringify(value).length / 4);

/** Counts tokens roughly (four characters each) and remembers prefixes that ended with a cache point, as Bedrock bills them. */
export function createPromptCache(): (request: ConverseRequest, reply: ModelReply) => Usage {
  const known = new Set<string>();
  return ({ modelId, body }, reply) => {
    const { before, after } = splitAtLastCachePoint([...(body.toolConfig?.tools ?? []), ...(body.system ?? [])]);
    const prefixTokens = before.length === 0 ? 0 : tokensOf(before);
    const cacheable = prefixTokens >= minimumTokens;
    const key = createHash('sha256').update(modelId).update(JSON.stringify(before)).digest('base64');
    const hit = cacheable && known.has(key);
    if (cacheable && known.size < maxEntries) known.add(key);
    const inputTokens = tokensOf(after) + tokensOf(body.messages) + (cacheable ? 0 : prefixTokens);
    const outputTokens = tokensOf(reply.content);
    const cached = cacheable ? prefixTokens : 0;
    return {
      inputTokens,
      outputTokens,
      totalTokens: inputTokens + outputTokens + cached,
      cacheReadInputTokens: hit ? cached : 0,
      cacheWriteInputTokens: hit ? 0 : cached,
    };
  };
}

function splitAtLastCachePoint<T extends { cachePoint?: unknown }>(blocks: T[]): { before: T[]; after: T[] } {
  const last = blocks.findLastIndex((block) => block.cachePoint !== undefined);
  return { before: blocks.slice(0, last + 1), after: blocks.slice(last + 1) };
}

import type { Misbehaviours } from '../wire/misbehaviour.ts';
import type { BedrockExceptionType, ConverseRequest, ModelReply } from './converse-wire.ts';

export type BedrockMisbehaviour =
  | { kind: 'delay'; ms: number }
  | { kind: 'exception'; type: BedrockExceptionType }
  /** The request arrives and is never answered. */
  | { kind: 'hang' }
  /** The connection breaks without an answer. */
  | { kind: 'disconnect' }
  /** 200 with a body that is not JSON. */
  | { kind: 'malformed' }
  /** The answer stops in the middle. */
  | { kind: 'max-tokens' }
  | { kind: 'empty-text' };

export type BedrockMisbehaviours = Misbehaviours<BedrockMisbehaviour, ConverseRequest>;

/** What remains of a good reply under a misbehaviour of content. */
export function spoil(reply: ModelReply, how: BedrockMisbehaviour | null): ModelReply {
  if (how?.kind === 'max-tokens') return { content: cutInHalf(reply), stopReason: 'max_tokens' };
  if (how?.kind === 'empty-text') return { content: [{ text: '' }], stopReason: 'end_turn' };
  return reply;
}

function cutInHalf({ content }: ModelReply): ModelReply['content'] {
  const text = content.find((block) => block.text !== undefined)?.text ?? 'Let me look that';
  return [{ text: text.slice(0, Math.ceil(text.length / 2)) }];
}

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

export type BedrockMisbehaviourScope = {
  /** How many requests it strikes; all until `behave()` when left out. */
  times?: number;
  /** Which requests it strikes; all when left out. */
  where?: (request: ConverseRequest) => boolean;
};

type Struck = BedrockMisbehaviourScope & { how: BedrockMisbehaviour; left: number };

export type BedrockMisbehaviours = {
  misbehave(how: BedrockMisbehaviour, scope?: BedrockMisbehaviourScope): void;
  behave(): void;
  /** The misbehaviour that strikes this request, which uses one of its times up. */
  strike(request: ConverseRequest): BedrockMisbehaviour | null;
};

/** Misbehaviours strike in the order in which they were asked for. */
export function createBedrockMisbehaviours(): BedrockMisbehaviours {
  let waiting: Struck[] = [];
  return {
    misbehave(how, scope = {}) {
      waiting.push({ ...scope, how, left: scope.times ?? Number.POSITIVE_INFINITY });
    },
    behave() {
      waiting = [];
    },
    strike(request) {
      const struck = waiting.find(({ where }) => where?.(request) ?? true);
      if (struck === undefined) return null;
      struck.left -= 1;
      if (struck.left <= 0) waiting = waiting.filter((each) => each !== struck);
      return struck.how;
    },
  };
}

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

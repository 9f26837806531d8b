import type { AssistantContent, Model, ModelAnswer, ModelRequest } from '@frontdesk/conversation';
import { newId } from '@frontdesk/kernel';

const usage = { inputTokens: 1, outputTokens: 1, cacheReadTokens: 0, cacheWriteTokens: 0 };

/** What a model says next; a function sees the request, as the real one would. */
export type Line = ModelAnswer | ((request: ModelRequest) => ModelAnswer | Promise<ModelAnswer>);

export const says = (text: string): ModelAnswer => ({ content: [{ kind: 'text', text }], stop: 'end', usage });

export const calls = (...tools: [name: string, input: unknown][]): ModelAnswer => ({
  content: tools.map(([name, input]): AssistantContent => ({
    kind: 'tool-call',
    call: { toolCallId: newId(), name, input },
  })),
  stop: 'tools',
  usage,
});

export const cutOff = (text: string): ModelAnswer => ({ ...says(text), stop: 'cut-off' });

/** A model that says its lines in order and fails when it has none left. */
export function scripted(...lines: Line[]): Model & { requests: ModelRequest[] } {
  const requests: ModelRequest[] = [];
  return {
    requests,
    async answer(request) {
      requests.push({ ...request, turns: structuredClone(request.turns) });
      const line = lines.shift();
      if (line === undefined) throw new Error('the script is over');
      return typeof line === 'function' ? line(request) : line;
    },
  };
}

/** The results of the tools that ran last, as the model sees them. */
export function lastResults({ turns }: ModelRequest): { result: Record<string, unknown>; isError: boolean }[] {
  return (turns.at(-1)?.content ?? []).flatMap((content) =>
    content.kind === 'tool-result' ? [{ result: Object(content.result), isError: content.isError }] : [],
  );
}

import type { ContentBlock, Message, ToolResultBlock } from '@aws-sdk/client-bedrock-runtime';
import type { AssistantContent, ModelTurn, UserContent } from '@frontdesk/conversation/ports';
import { PermanentFailure } from '@frontdesk/kernel';
import { asDocument, isJsonObject } from './document.ts';
import { restoreBlock } from './opaque-block.ts';

/** Stands where Converse demands words of the patient and there are none. */
export const openingWords = '(The clinic wrote first.)';
export const blankWords = '(blank message)';

/**
 * The turns as Converse takes them: the patient first, roles alternating, each tool call answered in the very next
 * message. Histories that were cut or began with the clinic's own text are mended; calls without a result are refused.
 * @throws PermanentFailure when a tool call has no result or the last word is the model's
 */
export function converseMessages(turns: readonly ModelTurn[]): Message[] {
  const mended = mergeTurns(dropStrayResults(mergeTurns(turns.map(withoutBlanks))));
  if (mended.at(-1)?.role !== 'user') {
    throw new PermanentFailure('the history given to the model must end with the patient or with tool results');
  }
  refuseUnansweredCalls(mended);
  const messages = mended.map(messageOf);
  return messages[0]?.role === 'user' ? messages : [{ role: 'user', content: [{ text: openingWords }] }, ...messages];
}

/** Bedrock refuses blank text, and a patient may well send one: what is left blank is said in words. */
function withoutBlanks(turn: ModelTurn): ModelTurn {
  if (turn.role === 'assistant') return { role: 'assistant', content: turn.content.filter(isNotBlank) };
  const content = turn.content.filter(isNotBlank);
  return { role: 'user', content: content.length > 0 ? content : [{ kind: 'text', text: blankWords }] };
}

const isNotBlank = (part: UserContent | AssistantContent): boolean => part.kind !== 'text' || part.text.trim() !== '';

/** Neighbours of the same role become one turn; turns without content vanish. */
function mergeTurns(turns: readonly ModelTurn[]): ModelTurn[] {
  const merged: ModelTurn[] = [];
  for (const turn of turns) {
    const last = merged.at(-1);
    if (turn.content.length === 0) continue;
    if (last?.role === 'user' && turn.role === 'user') last.content.push(...turn.content);
    else if (last?.role === 'assistant' && turn.role === 'assistant') last.content.push(...turn.content);
    else if (turn.role === 'user') merged.push({ role: 'user', content: [...turn.content] });
    else merged.push({ role: 'assistant', content: [...turn.content] });
  }
  return merged;
}

/** Results whose calls were cut from the history mean nothing to the model and an error to Bedrock. */
function dropStrayResults(turns: ModelTurn[]): ModelTurn[] {
  return turns.map((turn, index) => {
    if (turn.role !== 'user') return turn;
    const calls = callsOf(turns[index - 1]);
    return {
      role: 'user',
      content: turn.content.filter((part) => part.kind !== 'tool-result' || calls.has(part.toolCallId)),
    };
  });
}

function refuseUnansweredCalls(turns: ModelTurn[]): void {
  for (const [index, turn] of turns.entries()) {
    const next = turns[index + 1];
    const answered = new Set(
      next?.role === 'user'
        ? next.content.flatMap((part) => (part.kind === 'tool-result' ? [part.toolCallId] : []))
        : [],
    );
    for (const id of callsOf(turn)) {
      if (!answered.has(id))
        throw new PermanentFailure(`the history given to the model lacks the result of call ${id}`);
    }
  }
}

function callsOf(turn: ModelTurn | undefined): Set<string> {
  if (turn?.role !== 'assistant') return new Set();
  return new Set(turn.content.flatMap((part) => (part.kind === 'tool-call' ? [part.call.toolCallId] : [])));
}

function messageOf(turn: ModelTurn): Message {
  if (turn.role === 'assistant') return { role: 'assistant', content: turn.content.map(assistantBlock) };
  const results = turn.content.filter((part) => part.kind === 'tool-result');
  const texts = turn.content.filter((part) => part.kind === 'text');
  return { role: 'user', content: [...results, ...texts].map(userBlock) };
}

function userBlock(part: UserContent): ContentBlock {
  return part.kind === 'text' ? { text: part.text } : { toolResult: toolResult(part) };
}

function toolResult({ toolCallId, result, isError }: UserContent & { kind: 'tool-result' }): ToolResultBlock {
  return {
    toolUseId: toolCallId,
    content: [isJsonObject(result) ? { json: asDocument(result) } : { text: JSON.stringify(result ?? null) }],
    status: isError ? 'error' : 'success',
  };
}

function assistantBlock(part: AssistantContent): ContentBlock {
  if (part.kind === 'text') return { text: part.text };
  if (part.kind === 'opaque') return restoreBlock(part.value);
  const { toolCallId, name, input } = part.call;
  return { toolUse: { toolUseId: toolCallId, name, input: asDocument(input) } };
}

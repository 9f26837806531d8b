import { BedrockException, type ContentBlock, type ModelReply, type SimulatedModel } from './converse-wire.ts';

/** Answers of a test: given out one after the other, or made from each request. */
export type Script = readonly ModelReply[] | SimulatedModel;

/** A model that says exactly what the test wrote; a request past the end of a list is answered with a 500. */
export function scriptedModel(script: Script): SimulatedModel {
  if (typeof script === 'function') return script;
  let next = 0;
  return () => {
    const reply = script[next];
    next += 1;
    if (reply === undefined) throw new BedrockException('InternalServerException', 'The script has no more answers.');
    return reply;
  };
}

/** The model's last word of a turn. */
export function says(text: string): ModelReply {
  return { content: [{ text }], stopReason: 'end_turn' };
}

/** Tool calls, in order, with ids of their own. */
export function callsTools(...calls: readonly { name: string; input?: unknown; id?: string }[]): ModelReply {
  return { content: calls.map(toolUse), stopReason: 'tool_use' };
}

let counter = 0;

function toolUse({ name, input = {}, id }: { name: string; input?: unknown; id?: string }): ContentBlock {
  counter += 1;
  return { toolUse: { toolUseId: id ?? `tooluse_script_${counter}`, name, input } };
}

import { toolCallId } from '../tool-call-id.ts';
import type { ConverseRequest, ModelReply } from '../converse-wire.ts';
import { howToHelp } from './phrases.ts';
import { nextCalls, type Call } from './plan.ts';
import { readScene, type Scene } from './scene.ts';
import { speak } from './speech.ts';
import { readTurn } from './turn.ts';
import { understand } from './understanding.ts';
import { wishForNoTexts } from './wish-for-no-texts.ts';

/** A receptionist made of rules, who sees only what a model would: the system texts, the messages, the tools' results. */
export function friendlyModel(request: ConverseRequest): ModelReply {
  const scene = readScene(request.body);
  const { facts } = scene;
  if (facts === null) return { content: [{ text: `Hi! ${howToHelp}` }], stopReason: 'end_turn' };
  const note = noteOfWish(scene);
  if (note !== null && offers(request, note.name)) {
    return { content: [toolUse(request, note, 0)], stopReason: 'tool_use' };
  }
  const understood = understand(scene, facts);
  const turn = readTurn(scene, facts);
  const calls = nextCalls(understood, turn, facts).filter(({ name }) => offers(request, name));
  if (calls.length === 0) return { content: [{ text: speak(scene, understood, turn, facts) }], stopReason: 'end_turn' };
  return { content: calls.map((call, index) => toolUse(request, call, index)), stopReason: 'tool_use' };
}

function noteOfWish({ said, steps }: Scene): Call | null {
  const quote = wishForNoTexts(said);
  const name = 'note_wish_for_no_texts';
  return quote === undefined || steps.some((step) => step.name === name) ? null : { name, input: { quote } };
}

function offers({ body }: ConverseRequest, name: string): boolean {
  return body.toolConfig?.tools.some(({ toolSpec }) => toolSpec?.name === name) ?? false;
}

function toolUse(request: ConverseRequest, { name, input }: Call, index: number): ModelReply['content'][number] {
  return { toolUse: { toolUseId: toolCallId(request, index), name, input } };
}

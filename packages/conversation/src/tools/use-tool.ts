import type { ToolCall } from '../ports.ts';
import type { Situation } from '../situation.ts';
import type { ToolOutcome } from '../turn.ts';
import { toolInputs, type ToolName } from './definitions.ts';
import { findTimes } from './find-times.ts';
import { handOver } from './hand-over.ts';
import { holdTime } from './hold-time.ts';
import { noteWishForNoTexts } from './note-wish-for-no-texts.ts';
import { offerDeposit } from './offer-deposit.ts';
import { saveDetails } from './save-details.ts';
import { refuse, type ToolAnswer, type ToolContext } from './tool.ts';

/** Runs one call of the model as a stranger's request: unknown names and wrong inputs are answered, never run. */
export async function useTool(
  context: ToolContext,
  { toolCallId, name, input }: ToolCall,
): Promise<{ outcome: ToolOutcome; situation: Situation }> {
  const { result, isError = false, effect, situation = context.situation } = await run(context, name, input);
  return { outcome: { toolCallId, name, result, isError, ...(effect !== undefined && { effect }) }, situation };
}

async function run(context: ToolContext, name: string, input: unknown): Promise<ToolAnswer> {
  if (!isTool(name))
    return refuse(`There is no tool of that name. The tools are ${Object.keys(toolInputs).join(', ')}.`);
  const given = input ?? {};
  const parsed = toolInputs[name].safeParse(given);
  if (!parsed.success) {
    const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'input'}: ${message}`);
    return refuse(`The input does not fit. ${faults.slice(0, 5).join('; ')}`);
  }
  switch (name) {
    case 'look_up_facts':
      return lookUpFacts(context, toolInputs[name].parse(given));
    case 'save_details':
      return saveDetails(context, toolInputs[name].parse(given));
    case 'find_times':
      return findTimes(context, toolInputs[name].parse(given));
    case 'hold_time':
      return holdTime(context, toolInputs[name].parse(given));
    case 'offer_deposit':
      return offerDeposit(context);
    case 'hand_over':
      return handOver(context);
    case 'note_wish_for_no_texts':
      return noteWishForNoTexts(context, toolInputs[name].parse(given));
  }
}

async function lookUpFacts({ tx, ports, turn }: ToolContext, { question }: { question: string }): Promise<ToolAnswer> {
  const facts = await ports.facts(tx, { orgId: turn.orgId, question: question.replaceAll('\0', '') });
  return { result: { facts: facts.map(({ topic, answer }) => ({ topic, answer })) } };
}

function isTool(name: string): name is ToolName {
  return Object.hasOwn(toolInputs, name);
}

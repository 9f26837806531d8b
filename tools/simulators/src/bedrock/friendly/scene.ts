import type { ConverseBody, Message } from '../converse-wire.ts';
import { deskFacts, type DeskFacts } from './desk-facts.ts';

/** A tool that was called in this turn and what came back. */
export type Step = { name: string; input: unknown; result: Record<string, unknown>; isError: boolean };

/** The moment in which the receptionist has to say or do something. */
export type Scene = {
  facts: DeskFacts | null;
  /** What the patient wrote since the desk last answered. */
  said: string;
  /** Something came with it that a model does not see. */
  broughtFile: boolean;
  /** What the desk said last, before that. */
  lastWords: string;
  /** What the patient wrote earlier, oldest first. */
  saidBefore: string[];
  /** Calls of this turn with their results, in order. */
  steps: Step[];
};

export function readScene({ system = [], messages }: ConverseBody): Scene {
  const turnStart = messages.findLastIndex((message) => message.role === 'user' && patientWords(message) !== null);
  const written = patientWords(messages[turnStart]) ?? '';
  const before = messages.slice(0, Math.max(turnStart, 0));
  return {
    facts: readFacts(system.findLast(({ text }) => text !== undefined)?.text),
    said: written.replaceAll(fileMark, '').trim(),
    broughtFile: written.search(fileMark) >= 0,
    lastWords:
      before
        .filter(({ role }) => role === 'assistant')
        .map(textOf)
        .findLast((text) => text !== '') ?? '',
    saidBefore: before.filter(({ role }) => role === 'user').flatMap((message) => patientWords(message) ?? []),
    steps: readSteps(messages.slice(turnStart + 1)),
  };
}

/** Where the desk names what came with a text. */
const fileMark = /\[(?:picture|video|sound|file)\]/g;

/** Notes of the desk stand in brackets: what was left out, or what was wrong with a reply. */
const note = /^\((?!blank message).*\)$/s;

const isNote = (text: string): boolean => note.test(text.replaceAll(fileMark, '').trim());

/** What the patient wrote in a message; null when it holds only results and notes. */
function patientWords({ content }: Message = { role: 'user', content: [] }): string | null {
  const texts = content.flatMap(({ text }) => (text === undefined || isNote(text) ? [] : [text]));
  return texts.length === 0
    ? null
    : texts
        .map((text) => (text === '(blank message)' ? '' : text))
        .join('\n')
        .trim();
}

function textOf(message: Message | undefined): string {
  return (message?.content ?? [])
    .flatMap(({ text }) => (text === undefined ? [] : [text]))
    .join('\n')
    .trim();
}

function readFacts(text: string | undefined): DeskFacts | null {
  try {
    return deskFacts.safeParse(JSON.parse(text ?? '')).data ?? null;
  } catch {
    return null;
  }
}

function readSteps(messages: Message[]): Step[] {
  const results = messages.flatMap(({ content }) => content.flatMap(({ toolResult }) => toolResult ?? []));
  const calls = messages.flatMap(({ content }) => content.flatMap(({ toolUse }) => toolUse ?? []));
  return calls.flatMap(({ toolUseId, name, input }) => {
    const result = results.find((each) => each.toolUseId === toolUseId);
    if (result === undefined) return [];
    return { name, input, result: objectOf(result.content), isError: result.status === 'error' };
  });
}

function objectOf(content: { json?: unknown; text?: string | undefined }[]): Record<string, unknown> {
  const json = content.find((part) => part.json !== undefined)?.json;
  return typeof json === 'object' && json !== null ? { ...json } : {};
}

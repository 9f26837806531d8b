import { failpoint, type Logger } from '@frontdesk/kernel';
import type { TenantDatabase, TenantTransaction } from '@frontdesk/db';
import type { DeskPorts } from './desk-ports.ts';
import { modelTurns } from './model-turns.ts';
import { chosenOffer, holdOf } from './offered-choices.ts';
import type { AssistantContent, Model, ModelAnswer, ToolCall } from './ports.ts';
import { checkFence } from './postgres/lease.ts';
import { storeAnswer, storeResults } from './postgres/turns.ts';
import { bindToRecords, type Binding } from './reply/fact-binding.ts';
import { emptyPromises } from './reply/promises.ts';
import { recordsOf } from './reply/records-of.ts';
import { asText } from './reply/reply-style.ts';
import { deskRules } from './rules.ts';
import { mostCallsPerAnswer, mostRounds, type TurnSettings } from './settings.ts';
import { deskFacts, depositStanding, type Situation } from './situation.ts';
import { toolDefinitions } from './tools/definitions.ts';
import { refuse } from './tools/tool.ts';
import { useTool } from './tools/use-tool.ts';
import type { Step, ToolOutcome, Turn } from './turn.ts';

export type ConverseDependencies = {
  database: TenantDatabase<TenantTransaction>;
  ports: DeskPorts;
  model: Model;
  settings: TurnSettings;
  logger: Logger;
};

/** How the talk with the model ended, and what is true by then. */
export type Talk = { situation: Situation; steps: readonly Step[] } & (
  | { kind: 'reply'; text: string; answer: ModelAnswer; bound: Binding['bound'] }
  /** The person wants no more texts: nothing is said. */
  | { kind: 'opted-out' }
  /** The model insisted on what is not on record. */
  | { kind: 'untrue'; unbound: readonly string[] }
  | { kind: 'failed'; failure: string }
);

/**
 * Asks the model until it has a reply that stands on record, running its tools in between. Goes on from the steps that
 * were stored before, so that a crash neither asks for an answer twice nor has an effect twice.
 */
export async function converse(dependencies: ConverseDependencies, turn: Turn, signal: AbortSignal): Promise<Talk> {
  const { ports } = dependencies;
  const steps: Step[] = turn.steps.map((step) => ({ ...step, results: [...step.results] }));
  let { situation } = turn;
  const tapped = chosenOffer(turn);
  if (tapped !== null && steps.length === 0) {
    const answer = holdOf(tapped);
    steps.push({ answer, results: [], correction: null });
    await store(dependencies, turn, (tx) => storeAnswer(tx, { ...idOf(turn), step: 0, answer }));
  }
  for (;;) {
    const last = steps.at(-1);
    if (last !== undefined)
      situation = await runTools(dependencies, turn, { step: last, number: steps.length - 1, situation });
    if (last?.results.some(({ effect }) => effect === 'opted-out')) return { kind: 'opted-out', situation, steps };
    const asked = await ask(dependencies, { turn, steps, situation, signal });
    if (asked.kind === 'failed') return { ...asked, situation, steps };
    const { answer } = asked;
    if (answer.stop === 'cut-off') return { kind: 'failed', failure: 'cut-off', situation, steps };
    if (callsOf(answer).length > 0) {
      steps.push({ answer, results: [], correction: null });
      await store(dependencies, turn, (tx) => storeAnswer(tx, { ...idOf(turn), step: steps.length - 1, answer }));
      failpoint('turn.after-model');
      continue;
    }
    failpoint('turn.after-model');
    const text = asText(
      answer.content.flatMap((content) => (content.kind === 'text' ? [content.text] : [])).join('\n'),
    );
    if (text === '') return { kind: 'failed', failure: 'no-text', situation, steps };
    const { bound, unbound } = check(text, { turn, situation, steps, ports });
    if (unbound.length === 0) return { kind: 'reply', text, answer, bound, situation, steps };
    if (steps.some(({ correction }) => correction !== null)) return { kind: 'untrue', unbound, situation, steps };
    const corrected: Step = { answer, results: [], correction: correctionOf(unbound) };
    steps.push(corrected);
    await store(dependencies, turn, async (tx) => {
      const of = { ...idOf(turn), step: steps.length - 1 };
      await storeAnswer(tx, { ...of, answer });
      await storeResults(tx, { ...of, results: [], correction: corrected.correction });
    });
  }
}

type Asked = { kind: 'answer'; answer: ModelAnswer } | { kind: 'failed'; failure: string };
type Asking = { turn: Turn; steps: readonly Step[]; situation: Situation; signal: AbortSignal };

async function ask(
  { model, ports, logger }: ConverseDependencies,
  { turn, steps, situation, signal }: Asking,
): Promise<Asked> {
  if (steps.length >= mostRounds) return { kind: 'failed', failure: 'max-rounds' };
  try {
    const answer = await orAborted(
      model.answer({
        rules: deskRules,
        facts: JSON.stringify(deskFacts(situation, ports)),
        turns: modelTurns(turn, steps),
        tools: toolDefinitions,
        signal,
      }),
      signal,
    );
    return { kind: 'answer', answer };
  } catch (error) {
    const failure = signal.aborted ? 'deadline' : error instanceof Error ? error.name : 'unknown';
    logger.warn({ turnId: turn.id, conversationId: turn.conversationId, failure }, 'the model gave no answer');
    return { kind: 'failed', failure };
  }
}

/** Runs the calls of an answer that have no result yet, each with its result in one transaction. */
async function runTools(
  dependencies: ConverseDependencies,
  turn: Turn,
  { step, number, situation }: { step: Step; number: number; situation: Situation },
): Promise<Situation> {
  const { ports, settings } = dependencies;
  let current = situation;
  const calls = callsOf(step.answer);
  for (const [index, call] of calls.entries()) {
    if (index < step.results.length) continue;
    const stored = await store(dependencies, turn, async (tx) => {
      const effectKey = `turn:${turn.id}:${number}:${index}`;
      const { holdFor } = settings;
      const used =
        index < mostCallsPerAnswer
          ? await useTool({ tx, ports, turn, situation: current, effectKey, holdFor }, call)
          : { situation: current, outcome: tooMany(call) };
      const results = [...step.results, used.outcome];
      await storeResults(tx, { ...idOf(turn), step: number, results, correction: null });
      return { results, situation: used.situation };
    });
    current = stored.situation;
    step.results = stored.results;
    failpoint('turn.after-tool');
  }
  return current;
}

function tooMany({ toolCallId, name }: ToolCall): ToolOutcome {
  const { result } = refuse('Too many calls at once; call it again alone.');
  return { toolCallId, name, result, isError: true };
}

/** A write of the turn: only while its lease holds. */
function store<T>(
  { database, settings }: Pick<ConverseDependencies, 'database' | 'settings'>,
  turn: Turn,
  work: (tx: TenantTransaction) => Promise<T>,
): Promise<T> {
  return database.inTenant(turn.orgId, async (tx) => {
    if (settings.fence !== 'unchecked') await checkFence(tx, turn);
    return work(tx);
  });
}

type Checked = { turn: Turn; situation: Situation; steps: readonly Step[]; ports: DeskPorts };

function check(text: string, { turn, situation, steps, ports }: Checked): Binding {
  const { bound, unbound } = bindToRecords(text, recordsOf(turn, situation, steps, ports));
  const effects = steps.flatMap(({ results }) => results.map(({ effect }) => effect));
  const state = situation.appointment?.state;
  const promises = emptyPromises(text, {
    appointment: state === 'held' || state === 'confirmed' ? state : 'none',
    deposit: depositStanding(situation),
    teamAsked: effects.includes('handed-over') || effects.includes('team-asked'),
  });
  return { bound, unbound: [...unbound, ...promises] };
}

function correctionOf(unbound: readonly string[]): string {
  return `(The desk did not send that. Not on record: ${unbound.map((words) => `"${words}"`).join(', ')}. Write the reply again with only what the facts and the tools' results say, or call a tool first.)`;
}

function callsOf({ content }: ModelAnswer): ToolCall[] {
  return content.flatMap((part: AssistantContent) => (part.kind === 'tool-call' ? [part.call] : []));
}

/** The answer, unless the signal comes first; also when the model does not listen to it. */
function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = () => reject(new Error('the turn ran out of time'));
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', abort));
}

const idOf = ({ orgId, id }: Turn) => ({ orgId, turnId: id });

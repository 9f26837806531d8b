import type { AssistantContent, ModelTurn, UserContent } from './ports.ts';
import type { PastText, Step, Turn } from './turn.ts';
import { healthConcernOf } from './understanding/health.ts';

const blank = '(blank message)';
const health = '(A personal health question, which the desk has answered itself.)';
/** The answer that a reminder asks for, spelled out. */
const change = 'C (I want to change or cancel my visit.)';
const card = '(A card number, which the desk removed and answered itself.)';

/** The conversation as the model sees it: turns that alternate, begin with the person and end with them. */
export function modelTurns({ history, texts }: Pick<Turn, 'history' | 'texts'>, steps: readonly Step[]): ModelTurn[] {
  const turns: ModelTurn[] = [];
  const say = (text: string) => addUser(turns, { kind: 'text', text });
  if (history[0]?.from === 'desk') say(openingFor(history[0]));
  let asked = '';
  for (const past of history) {
    if (past.from === 'person') say(wordsOf(past, asked));
    else {
      addAssistant(turns, [{ kind: 'text', text: past.body }]);
      asked = past.body;
    }
  }
  for (const text of texts) say(wordsOf(text, asked));
  for (const step of steps) {
    addAssistant(
      turns,
      step.answer.content.filter((content) => content.kind !== 'text' || content.text.trim() !== ''),
    );
    for (const { toolCallId, result, isError } of step.results) {
      addUser(turns, { kind: 'tool-result', toolCallId, result, isError });
    }
    if (step.correction !== null) say(step.correction);
  }
  return turns;
}

function openingFor({ class: kind }: PastText): string {
  return kind === 'missed-call' ? '(The person called and nobody answered.)' : '(Earlier conversation.)';
}

/** What came with a text is named, never shown, nor told where it is. */
function wordsOf({ body, attachments, hasCardNumber = false }: Said, asked: string): string {
  const marks = attachments.map((kind) => `[${kind}]`);
  if (/\breply C\b/.test(asked) && /^\s*c[.!]?\s*$/i.test(body)) return change;
  if (body.trim() === '') return marks.length === 0 ? blank : marks.join(' ');
  const words = hasCardNumber ? card : healthConcernOf(body) === null ? body : health;
  return [words, ...marks].join(' ');
}

type Said = { body: string; attachments: readonly string[]; hasCardNumber?: boolean };

function addUser(turns: ModelTurn[], content: UserContent): void {
  const last = turns.at(-1);
  if (last?.role === 'user') last.content.push(content);
  else turns.push({ role: 'user', content: [content] });
}

function addAssistant(turns: ModelTurn[], content: AssistantContent[]): void {
  const last = turns.at(-1);
  if (last?.role === 'assistant') last.content.push(...content);
  else if (content.length > 0) turns.push({ role: 'assistant', content: [...content] });
}

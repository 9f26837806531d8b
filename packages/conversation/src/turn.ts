import type { Id } from '@frontdesk/kernel';
import type { ModelAnswer } from './ports.ts';
import type { Situation } from './situation.ts';

/** A text of the person that nobody has answered yet. `attachments`: the kinds of the files that came with it. */
export type UnansweredText = {
  id: Id;
  seq: number;
  body: string;
  hasCardNumber: boolean;
  /** What they tapped instead of writing. */
  choiceId: string | null;
  attachments: readonly string[];
};

/** What was said before, in order. */
export type PastText = { from: 'person' | 'desk'; body: string; class: string | null; attachments: readonly string[] };

/** What a tool made of a call; `effect` is what code needs to know of it at the end of the turn. */
export type ToolOutcome = {
  toolCallId: string;
  name: string;
  result: unknown;
  isError: boolean;
  effect?: 'handed-over' | 'team-asked' | 'asked' | 'taken' | 'opted-out';
};

/** One answer of the model with what came of it, as stored. `correction` is what it was told instead of results. */
export type Step = { answer: ModelAnswer; results: ToolOutcome[]; correction: string | null };

/** One run of the desk over all unanswered texts of a conversation. */
export type Turn = {
  orgId: Id;
  id: Id;
  conversationId: Id;
  contactId: Id;
  /** The lease's fence: every write of the turn checks that it is still this. */
  fence: number;
  /** The person's number and the clinic number that they wrote to. */
  phone: string;
  clinicNumber: string;
  state: 'desk' | 'handed_off';
  optedOut: boolean;
  texts: readonly UnansweredText[];
  lastSeq: number;
  history: readonly PastText[];
  /** The ids of what could be chosen under the desk's last text, in their order, where that may have been a numbered list. */
  lastChoices: readonly string[];
  repliesLastHour: number;
  /** Steps that an earlier run of this turn stored before it died. */
  steps: readonly Step[];
  situation: Situation;
  causationId: string | null;
};

/** What the person wrote, newest last: the only source of what is saved about them. */
export function saidBy({ history, texts }: Pick<Turn, 'history' | 'texts'>): string[] {
  return [...history.filter(({ from }) => from === 'person'), ...texts].map(({ body }) => body);
}

/** What the desk said last before these texts. */
export function lastQuestionOf({ history }: Pick<Turn, 'history'>): string | null {
  return history.findLast(({ from }) => from === 'desk')?.body ?? null;
}

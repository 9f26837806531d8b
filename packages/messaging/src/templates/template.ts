import type { Id } from '@frontdesk/kernel';
import type { Choice, TemplateRegistry } from '../ports.ts';

export const templateStates = ['draft', 'submitted', 'approved', 'rejected', 'paused', 'disabled'] as const;
export type TemplateState = (typeof templateStates)[number];
export const templateCategories = ['utility', 'marketing'] as const;
type TemplateCategory = (typeof templateCategories)[number];
export type TemplateProvider = TemplateRegistry['provider'];

/** The one account at Twilio is the desk’s own. */
export const accountAtTwilio = 'desk';

/** What a template says, and what for. */
export type TemplateContent = {
  /** Lower case letters, digits and underscores. */
  name: string;
  /** As Meta writes it: `en_US`, `es`. */
  language: string;
  category: TemplateCategory;
  /** The kinds of text that it may stand in for. */
  kinds: readonly string[];
  /** With `{{1}}`, `{{2}}` where the values stand. */
  body: string;
  /** The name of each value, in the order of the places. */
  valueNames: readonly string[];
  /** What each value looks like, for the reviewers. */
  examples: readonly string[];
  /** Quick replies below it. */
  choices: readonly Choice[];
};

export type Template = TemplateContent & {
  id: Id;
  provider: TemplateProvider;
  /** Meta's business account, or `accountAtTwilio`. */
  account: string;
  /** Meta's id, or Twilio's ContentSid. */
  externalId: string | null;
  state: TemplateState;
  /** Why it may not be used and what to do, in words for people. */
  reason: string | null;
  /** When it was first handed to the provider. */
  handedInAt: Temporal.Instant | null;
  /** When its owner took it out of use. */
  retiredAt: Temporal.Instant | null;
  /** When it was surely gone from the provider. */
  removedAt: Temporal.Instant | null;
  createdAt: Temporal.Instant;
  stateAt: Temporal.Instant;
};

/** What happens to a template: the owner submits or retires it, or the provider has made up its mind. */
export type TemplateEvent = 'submit' | 'retire' | Exclude<TemplateState, 'draft'>;

type Moves = Readonly<Partial<Record<TemplateEvent, TemplateState>>>;
const decided: Moves = {
  submitted: 'submitted',
  approved: 'approved',
  rejected: 'rejected',
  paused: 'paused',
  disabled: 'disabled',
  retire: 'disabled',
};

/** What was rejected can still be allowed, when somebody appeals at the provider. What is disabled stays so. */
const moves: Readonly<Record<TemplateState, Moves>> = {
  draft: { submit: 'submitted', retire: 'disabled' },
  submitted: decided,
  approved: decided,
  rejected: decided,
  paused: decided,
  disabled: {},
};

/** The state after the event. Null: it cannot happen to a template in this state. */
export function moveTemplate(state: TemplateState, event: TemplateEvent): TemplateState | null {
  return moves[state][event] ?? null;
}

import type { TenantTransaction } from '@frontdesk/db';
import type { DeskPorts } from '../desk-ports.ts';
import type { Situation } from '../situation.ts';
import type { ToolOutcome, Turn } from '../turn.ts';

/** What a tool works with. It reads and writes in `tx` alone, whose commit also stores its result. */
export type ToolContext = {
  tx: TenantTransaction;
  ports: DeskPorts;
  turn: Turn;
  situation: Situation;
  /** Names the effect: turn, step and place of the call. The same call has its effect once. */
  effectKey: string;
  holdFor: Temporal.Duration;
};

/** What a tool found or did, and what is true afterwards. */
export type ToolAnswer = {
  result: unknown;
  isError?: boolean;
  effect?: NonNullable<ToolOutcome['effect']>;
  situation?: Situation;
};

/** A refusal that says what to do instead; nothing was done. */
export function refuse(whatToDo: string, more: Record<string, unknown> = {}): ToolAnswer {
  return { result: { error: whatToDo, ...more }, isError: true };
}

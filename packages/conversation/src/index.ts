export { makeDecideCall } from './decide-call.ts';
export type { DeskFacts, Detail } from './desk-facts.ts';
export type { DeskPorts } from './desk-ports.ts';
export { makeNoteDeposit, type DepositChange } from './note-deposit.ts';
export type {
  AssistantContent,
  Model,
  ModelAnswer,
  ModelRequest,
  ModelTurn,
  ToolCall,
  ToolDefinition,
  UserContent,
} from './ports.ts';
export type { TurnSettings } from './settings.ts';
export { makeTakeTurn, type TurnRequest, type TurnResult } from './take-turn.ts';

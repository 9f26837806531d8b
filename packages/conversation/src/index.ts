export type { DeskFacts, Detail } from './desk-facts.ts';
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

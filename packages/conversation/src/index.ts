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

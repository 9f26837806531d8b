/** A tool that the model may ask for; `inputSchema` is JSON Schema. */
export type ToolDefinition = { name: string; description: string; inputSchema: Record<string, unknown> };

/** What the model wants done. Nothing of it is trusted: the name may not exist and the input may be anything. */
export type ToolCall = { toolCallId: string; name: string; input: unknown };

export type ModelTurn = { role: 'user'; content: UserContent[] } | { role: 'assistant'; content: AssistantContent[] };
export type UserContent =
  | { kind: 'text'; text: string }
  | { kind: 'tool-result'; toolCallId: string; result: unknown; isError: boolean };
export type AssistantContent =
  | { kind: 'text'; text: string }
  | { kind: 'tool-call'; call: ToolCall }
  /** Blocks of the vendor that must go back unchanged, such as signed reasoning. */
  | { kind: 'opaque'; value: unknown };

export type ModelRequest = {
  /** The same for all clinics, so that it can be cached by the vendor. */
  rules: string;
  /** What is true of this clinic and this person now. */
  facts: string;
  turns: readonly ModelTurn[];
  tools: readonly ToolDefinition[];
  /** Ends the request; the turn's deadline. */
  signal: AbortSignal;
};

/** One answer of the model, as stored before its tools run. */
export type ModelAnswer = {
  content: AssistantContent[];
  /** `tools`: it waits for results; `end`: it is done; `cut-off`: anything else, which the desk does not build on. */
  stop: 'tools' | 'end' | 'cut-off';
  usage: { inputTokens: number; outputTokens: number; cacheReadTokens: number; cacheWriteTokens: number };
};

/**
 * A language model that proposes what to say and do.
 * @throws TransientFailure or PermanentFailure when there is no answer
 */
export type Model = { answer(request: ModelRequest): Promise<ModelAnswer> };

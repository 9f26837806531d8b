import type { ToolUseBlock } from '@aws-sdk/client-bedrock-runtime';

/** The SDK's name for any JSON value. */
type JsonDocument = NonNullable<ToolUseBlock['input']>;

/** A JSON object for the wire, where a tool's input and schema must be one; anything else becomes an empty one. */
export function asDocument(value: unknown): JsonDocument {
  // Tool inputs, results and schemas come from JSON; what JSON cannot hold is dropped when the SDK serialises.
  return isJsonObject(value) ? (value as JsonDocument) : {};
}

export function isJsonObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

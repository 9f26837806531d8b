import { createHash } from 'node:crypto';
import type { ConverseRequest } from './converse-wire.ts';

/** The same for the same request, and unique within a conversation, since each request says more than the last. */
export function toolCallId(request: ConverseRequest, index: number): string {
  const digest = createHash('sha256').update(JSON.stringify(request.body.messages)).digest('hex');
  return `tooluse_${digest.slice(0, 22)}${index}`;
}

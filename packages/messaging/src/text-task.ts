import type { Id } from '@frontdesk/kernel';
import type { TextTaskKind } from './ports.ts';

/** The cause of a task about a text. The look-up `unresolved_attempts` knows it too. */
export function textTaskKey(kind: TextTaskKind, messageId: Id): string {
  return `${kind}:${messageId}`;
}

import type { Id } from '@frontdesk/kernel';
import type { TextTaskKind } from './ports.ts';

/**
 * The cause of the task about a text that waits for its sender: another than that of its failure, which may follow, and than that of a
 * wait before an earlier try.
 */
export const waitingTaskKey = (messageId: Id, attempts: number): string =>
  `${textTaskKey('text-failed', messageId)}:waits:${attempts}`;

/** The cause of a task about a text. The look-up `unresolved_attempts` knows it too. */
export function textTaskKey(kind: TextTaskKind, messageId: Id): string {
  return `${kind}:${messageId}`;
}

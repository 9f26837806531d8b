import { withheldReplay } from '@frontdesk/kernel';

/**
 * What the setting `app.replay` says in a transaction that handles a replay with its effects withheld: the mark that the
 * events written in it carry on. Null outside of such a replay.
 */
export function withheldMark(): string | null {
  const replay = withheldReplay();
  return replay === null ? null : JSON.stringify({ number: replay.number, effects: 'withheld' });
}

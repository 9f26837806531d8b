import pg from 'pg';

/** Connection lost, resources short, time-out, shutting down: the next row would fare no better. */
const serverTrouble = /^(?:08|53|57|58|XX)/;
const connectionTrouble = /^Connection terminated|timeout/i;

/** Whether a transaction failed over its data or over another transaction, so that each row alone may pass. */
export function isFaultOfARow(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) return error.code !== undefined && !serverTrouble.test(error.code);
  if (!(error instanceof Error)) return true;
  const comesFromTheSystem = 'code' in error && typeof error.code === 'string' && error.code.startsWith('E');
  return !comesFromTheSystem && !connectionTrouble.test(error.message);
}

/** Unique violation, a row that refers to one just deleted, serialization failure, deadlock. */
const conflicts = new Set(['23505', '23503', '40001', '40P01']);

/** Whether a transaction failed because another did the same at that moment, so that it passes once it sees what the other did. */
export function metAnother(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && conflicts.has(error.code);
}

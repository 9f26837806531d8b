/** Deadlock, serialization failure, a row that refers to one just deleted: another transaction was at the same rows at this moment. */
const lostRaces = new Set(['40P01', '40001', '23503']);
const mostTries = 5;

/** Runs a transaction, and again when it lost a race. It must do nothing that cannot be rolled back. */
export async function untilRaceIsWon<T>(run: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await run();
    } catch (error) {
      if (tries >= mostTries || !isLostRace(error)) throw error;
    }
  }
}

function isLostRace(error: unknown): boolean {
  return error instanceof Error && 'code' in error && lostRaces.has(String(error.code));
}

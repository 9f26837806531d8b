/** How the command line ends. */
export const exitCodes = {
  done: 0,
  /** It did not work, or it found something wrong. */
  failed: 1,
  usedWrongly: 2,
  /** It would be dangerous, and was not asked for in the words that it takes. */
  refused: 3,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends the command with a message for people and an exit code. Without a message everything has been said already. */
export class CommandFailure extends Error {
  readonly code: ExitCode;

  constructor(message: string, code: ExitCode) {
    super(message);
    this.name = 'CommandFailure';
    this.code = code;
  }
}

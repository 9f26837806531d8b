/** What code may say to the log: ids and codes, never a patient's words, names, full numbers or tokens. */
export type Logger = {
  info(fields: Record<string, unknown>, message: string): void;
  warn(fields: Record<string, unknown>, message: string): void;
  error(fields: Record<string, unknown>, message: string): void;
};

export const nullLogger: Logger = { info() {}, warn() {}, error() {} };

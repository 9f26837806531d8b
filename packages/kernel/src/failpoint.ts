const armed = new Set<string>();

/**
 * Arms named points at which this process kills itself, once each, as a crash would (fault tests).
 * The runtime refuses to call this in production.
 */
export function armFailpoints(names: readonly string[]): void {
  for (const name of names) armed.add(name);
}

/** A named point of no return in the code, such as "after the commit, before the answer". Does nothing unless armed. */
export function failpoint(name: string): void {
  if (armed.has(name)) process.kill(process.pid, 'SIGKILL');
}

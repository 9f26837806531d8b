/**
 * Loaded into a child before its own code (`node --import`): the child ends with the process that started it. The parent
 * holds the other end of the child's stdin and never writes to it, so the end of the stream means that the parent is gone,
 * however it died.
 */
const graceMs = 5_000;

process.stdin.once('end', () => {
  process.kill(process.pid, 'SIGTERM');
  setTimeout(() => process.kill(process.pid, 'SIGKILL'), graceMs).unref();
});
process.stdin.once('error', () => {});
process.stdin.resume();
if ('unref' in process.stdin) process.stdin.unref();

import { armFailpoints } from '@frontdesk/kernel';

/**
 * Loaded into a child before its own code (`node --import`): the child ends with the process that started it. The parent
 * holds the other end of the child's stdin and never writes to it, so the end of the stream means that the parent is gone
 * without having stopped its children. Nobody would hear a farewell then, and every service survives a crash: so, at once.
 */
process.stdin.once('end', () => process.kill(process.pid, 'SIGKILL'));
process.stdin.once('error', () => {});
process.stdin.resume();
if ('unref' in process.stdin) process.stdin.unref();

// The parent may arm a failpoint while the child runs, and hears when it is armed.
process.on('message', ({ arm }: { arm: string }) => {
  armFailpoints([arm]);
  process.send?.({ armed: arm });
});
process.channel?.unref();

import { nullLogger, type Logger } from '@frontdesk/kernel';

export type Runnable = { start(): Promise<unknown>; stop(): Promise<unknown> };

/** ECS sends SIGKILL thirty seconds after SIGTERM. */
const stopWithinMs = 25_000;

/**
 * Runs a service until SIGTERM or SIGINT (or a failure that nobody caught), then lets it finish what is in hand.
 * The exit code is 0 after a clean stop, 1 otherwise.
 */
export async function runUntilSignal(
  service: Runnable,
  { logger = nullLogger }: { logger?: Logger } = {},
): Promise<void> {
  const { promise: ended, resolve: end } = Promise.withResolvers<'signal' | 'failure'>();
  const onSignal = () => end('signal');
  const onFailure = (error: unknown) => {
    logger.error({ error }, 'a failure that nobody caught ends the process');
    end('failure');
  };
  process.on('SIGTERM', onSignal).on('SIGINT', onSignal); // a second signal changes nothing
  process.on('uncaughtException', onFailure).on('unhandledRejection', onFailure);

  const started = await attempt(() => service.start(), logger, 'the service did not start');
  const reason = started ? await ended : 'failure';
  const deadline = setTimeout(() => {
    logger.error({ stopWithinMs }, 'the service did not stop in time');
    process.exit(1);
  }, stopWithinMs);
  deadline.unref();
  const stopped = await attempt(() => service.stop(), logger, 'the service did not stop cleanly');
  process.exit(reason === 'signal' && stopped ? 0 : 1);
}

async function attempt(work: () => Promise<unknown>, logger: Logger, failure: string): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    logger.error({ error }, failure);
    return false;
  }
}

export type Deadline = {
  /** Comes when the time is over, or with the signal that was given. */
  readonly signal: AbortSignal;
  readonly isOver: () => boolean;
  /** To be called when what it was set for has ended. */
  readonly lift: () => void;
};

/**
 * Sets a deadline, in milliseconds, for what ends early with `signal`, too. What is lifted leaves nothing behind, while each
 * `AbortSignal.timeout` keeps its timer and makes an error when it runs out, long after the work is done.
 */
export function setDeadline(ms: number, signal?: AbortSignal): Deadline {
  const ending = new AbortController();
  let isOver = false;
  const timer = setTimeout(() => {
    isOver = true;
    ending.abort(new DOMException('the time is over', 'TimeoutError'));
  }, ms);
  const onSignal = () => ending.abort(signal?.reason);
  if (signal?.aborted === true) onSignal();
  signal?.addEventListener('abort', onSignal, { once: true });
  return {
    signal: ending.signal,
    isOver: () => isOver,
    lift() {
      clearTimeout(timer);
      signal?.removeEventListener('abort', onSignal);
    },
  };
}

/** Where a desk without queues has them: a name that is never found, and says why. */
export const noQueues = 'http://no-queues.invalid';

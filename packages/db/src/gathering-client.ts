import type pg from 'pg';
import { ClientWithRowEvents } from './row-events.ts';

/**
 * A connection whose statements, when several are sent in one turn of the event loop, leave in one write: writing is the
 * dearest thing that a service does, and each write wakes the server.
 */
export class GatheringClient extends ClientWithRowEvents {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // `query` has eleven overloads, all of which are passed on as they are.
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    let gathering = false;
    this.query = ((...args: unknown[]) => {
      const { stream } = this.connection;
      if (!gathering) {
        gathering = true;
        stream.cork();
        process.nextTick(() => {
          gathering = false;
          stream.uncork();
        });
      }
      return query(...args);
    }) as typeof this.query;
  }
}

import { trace, type Span } from '@opentelemetry/api';
import pg from 'pg';

/** What a statement writes: the verb and the table of each of its parts, the main one last. */
export type Write = { verb: 'insert' | 'update' | 'delete'; table: string };

const parts =
  /\b(insert\s+into|(?<!\b(?:for|do|key)\s+)update|delete\s+from)\s+(?:only\s+)?(?:"?public"?\.)?"?([a-z_][a-z0-9_]*)"?(?=[\s(])/gi;

/** Reads the tables that a statement writes out of its text; `for update` and `on conflict do update` are no writes of their own. */
export function writesOf(sql: string): Write[] {
  return [...sql.matchAll(parts)].map(([, verb = '', table = '']) => ({
    verb: verb.slice(0, 6).toLowerCase() as Write['verb'], // one of the three, by the pattern
    table: table.toLowerCase(),
  }));
}

/**
 * A connection that tells the active span which tables were written and how many rows: an event `frontdesk.rows` per
 * table. Never values. Costs nothing while no span is recording.
 */
export class ClientWithRowEvents extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    // `query` has eleven overloads, which all take a statement first and a callback last, or return a promise.
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((...args: unknown[]) => queryWithEvents(query, args)) as typeof this.query;
  }
}

function queryWithEvents(query: (...args: unknown[]) => unknown, args: unknown[]): unknown {
  const span = trace.getActiveSpan();
  if (span?.isRecording() !== true) return query(...args);
  const writes = knownWrites(textOf(args[0]));
  if (writes.length === 0) return query(...args);
  const callback = args.at(-1);
  if (typeof callback === 'function') {
    return query(...args.slice(0, -1), (error: unknown, result: unknown) => {
      tell(span, writes, result);
      callback(error, result);
    });
  }
  const answer = query(...args);
  return answer instanceof Promise
    ? answer.then((result: unknown) => {
        tell(span, writes, result);
        return result;
      })
    : answer;
}

/** A statement reports the rows of its main part alone; the parts of its `with` have no count. */
function tell(span: Span, writes: readonly Write[], result: unknown): void {
  const { command, rowCount } = (result ?? {}) as { command?: unknown; rowCount?: unknown }; // pg's result, or none after an error
  for (const [n, { verb, table }] of writes.entries()) {
    const isMain = n === writes.length - 1 && String(command).toLowerCase() === verb;
    if (result === undefined || (isMain && rowCount === 0)) continue;
    span.addEvent('frontdesk.rows', {
      'db.collection.name': table,
      'db.operation.name': verb,
      ...(isMain && typeof rowCount === 'number' && { 'frontdesk.row_count': rowCount }),
    });
  }
}

const remembered = new Map<string, Write[]>();
const mostRemembered = 500;

function knownWrites(sql: string): Write[] {
  const known = remembered.get(sql);
  if (known !== undefined) return known;
  const writes = writesOf(sql);
  if (remembered.size < mostRemembered) remembered.set(sql, writes);
  return writes;
}

function textOf(statement: unknown): string {
  if (typeof statement === 'string') return statement;
  const { text } = (statement ?? {}) as { text?: unknown }; // a query configuration, or something without a text
  return typeof text === 'string' ? text : '';
}

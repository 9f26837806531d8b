import type { Logger } from '@frontdesk/kernel';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import { pino, stdTimeFunctions, type DestinationStream } from 'pino';

/** Fields that would hold a person's words, number or a credential if somebody logged them by mistake. */
const neverLogged = ['body', 'text', 'to', 'from', 'phone', 'name', 'firstName', 'token', 'authorization', 'password'];

/** Logs JSON lines to standard output, each with the ids of the trace that is active. */
export function createLogger({
  service,
  level = 'info',
  destination,
}: {
  service: string;
  level?: string;
  destination?: DestinationStream;
}): Logger {
  const options = {
    level,
    base: { service },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    mixin: traceIds,
    redact: { paths: neverLogged.flatMap((field) => [field, `*.${field}`]), censor: '[redacted]' },
    serializers: { error: withoutValues, err: withoutValues },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

function traceIds(): object {
  const active = trace.getActiveSpan()?.spanContext();
  if (active === undefined || !isSpanContextValid(active)) return {};
  return { trace_id: active.traceId, span_id: active.spanId };
}

/** Errors of the database and of schemas, whose messages quote what a person wrote. */
const quotesValues = /^(error|DatabaseError|DriverAdapterError|Prisma.*|ZodError|SyntaxError)$/;

/** An error's kind, message, code and stack. Its other fields are dropped: drivers put row values and requests there. */
function withoutValues(error: unknown): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : typeof error;
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {};
  const cause = error.cause === undefined ? {} : { cause: withoutValues(error.cause) };
  const message = quotesValues.test(error.name) ? {} : { message: error.message };
  return { type: error.name, ...message, stack: callsOf(error), ...code, ...cause };
}

/** The stack without the message that it begins with. */
function callsOf({ stack = '' }: Error): string {
  return stack
    .split('\n')
    .filter((line) => /^\s+at /.test(line))
    .join('\n');
}

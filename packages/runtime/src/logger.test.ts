import { describe, expect, it } from '@jest/globals';
import { Writable } from 'node:stream';
import { InMemorySpanExporter } from '@opentelemetry/sdk-trace';
import { createLogger } from './logger.ts';
import { startTelemetry } from './telemetry.ts';
import { withSpan } from './with-span.ts';

function loggerWithLines() {
  const lines: Record<string, unknown>[] = [];
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as Record<string, unknown>); // what pino writes
      done();
    },
  });
  return { logger: createLogger({ service: 'payments', destination }), lines };
}

describe('a line of the log', () => {
  it('holds the service, the ids and the message', () => {
    const { logger, lines } = loggerWithLines();
    logger.info({ depositId: 'd1' }, 'a deposit was paid');
    expect(lines).toEqual([expect.objectContaining({ level: 'info', service: 'payments', depositId: 'd1' })]);
  });

  it('never holds words, numbers or tokens that somebody logged by mistake', () => {
    const { logger, lines } = loggerWithLines();
    logger.warn({ body: 'my back hurts', text: { to: '+14805550123' }, message: { token: 'EAAA' } }, 'oops');
    const line = JSON.stringify(lines);
    for (const secret of ['back hurts', '+1480', 'EAAA']) expect(line).not.toContain(secret);
  });

  it('tells an error by kind, message and stack, without what a driver added to it', () => {
    const { logger, lines } = loggerWithLines();
    const error = Object.assign(new RangeError('too far'), { detail: 'Key (phone)=(+14805550123)', code: '23505' });
    logger.error({ error }, 'failed');
    expect(lines[0]?.['error']).toMatchObject({ type: 'RangeError', message: 'too far', code: '23505' });
    expect(JSON.stringify(lines)).not.toContain('+1480');
  });

  it('does not repeat what the database says of the values that it refused', () => {
    const { logger, lines } = loggerWithLines();
    const refused = Object.assign(new Error('invalid input syntax for type uuid: "I have diabetes"'), {
      code: '22P02',
    });
    refused.name = 'error';
    logger.error({ error: new Error('the turn failed', { cause: refused }) }, 'failed');
    expect(lines[0]?.['error']).toMatchObject({ message: 'the turn failed', cause: { type: 'error', code: '22P02' } });
    expect(JSON.stringify(lines)).not.toContain('diabetes');
  });

  it('carries the ids of the active trace', async () => {
    const telemetry = startTelemetry({ service: 'payments', spanExporter: new InMemorySpanExporter() });
    try {
      const { logger, lines } = loggerWithLines();
      const { traceId, spanId } = await withSpan('work', {}, async (span) => {
        logger.info({}, 'inside');
        return span.spanContext();
      });
      logger.info({}, 'outside');
      expect(lines[0]).toMatchObject({ trace_id: traceId, span_id: spanId });
      expect(lines[1]).not.toHaveProperty('trace_id');
    } finally {
      await telemetry.shutdown();
    }
  });
});

import { SpanStatusCode, trace, type Attributes, type Span } from '@opentelemetry/api';

/** Runs `work` inside a span of the active trace. Attributes hold ids and codes, never a person's words. */
export function withSpan<T>(name: string, attributes: Attributes, work: (span: Span) => Promise<T>): Promise<T> {
  return trace.getTracer('frontdesk').startActiveSpan(name, { attributes }, async (span) => {
    try {
      return await work(span);
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: error instanceof Error ? error.name : 'unknown' });
      throw error;
    } finally {
      span.end();
    }
  });
}

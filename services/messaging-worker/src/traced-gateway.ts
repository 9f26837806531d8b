import type { TextGateway } from '@frontdesk/messaging';
import { meter, withSpan } from '@frontdesk/runtime';
import { SpanStatusCode } from '@opentelemetry/api';

const buckets = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20];

/** Each call to the carrier as a span of the trace that asked for the text, and in the metrics. */
export function tracedGateway(gateway: TextGateway): TextGateway {
  const { provider } = gateway;
  const seconds = meter().createHistogram('frontdesk_messaging_send_seconds', {
    description: 'time that the carrier took for a text, by what it made of it',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  return {
    provider,
    lookUp: (lost) => gateway.lookUp(lost),
    send: (text) =>
      withSpan(
        `${provider}.send`,
        { 'peer.service': provider, 'frontdesk.attempt.id': text.attemptId },
        async (span) => {
          const startedMs = performance.now();
          const outcome = await gateway.send(text);
          seconds.record((performance.now() - startedMs) / 1_000, { provider, outcome: outcome.kind });
          span.setAttribute('frontdesk.send.outcome', outcome.kind);
          if (outcome.kind !== 'accepted') span.setStatus({ code: SpanStatusCode.ERROR, message: outcome.code });
          return outcome;
        },
        'client',
      ),
  };
}

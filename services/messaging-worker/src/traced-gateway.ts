import type { SmsGateway } from '@frontdesk/messaging';
import { withSpan } from '@frontdesk/runtime';

/** Each call to the carrier as a span of the trace that asked for the text. */
export function tracedGateway(gateway: SmsGateway): SmsGateway {
  const { provider } = gateway;
  return {
    provider,
    send: (text) =>
      withSpan(
        `${provider}.send`,
        { 'peer.service': provider, 'frontdesk.attempt.id': text.attemptId },
        async (span) => {
          const outcome = await gateway.send(text);
          span.setAttribute('frontdesk.send.outcome', outcome.kind);
          return outcome;
        },
      ),
  };
}

import { assertMayLeave } from '@frontdesk/kernel';
import type { OutgoingText, TextGateway } from '@frontdesk/messaging/ports';
import Telnyx from 'telnyx';
import { outcomeOf } from '../carrier/send-outcome.ts';
import { readFailure } from './api-failure.ts';
import { classifyTelnyxError } from './error-classes.ts';

export type TelnyxSettings = {
  apiKey: string;
  /** Ends in `/v2`; Telnyx itself when left out. */
  baseUrl?: string | undefined;
  timeoutMs: number;
};

export type TelnyxSmsSettings = TelnyxSettings & {
  /** Where receipts reach webhook ingress, without a trailing slash. */
  publicWebhookUrl: string;
};

/** Sends texts by Telnyx, one request per call. Its SDK would repeat a send by itself, so its retries are off. */
export function telnyxSmsGateway({ publicWebhookUrl, ...settings }: TelnyxSmsSettings): TextGateway {
  const client = telnyxClient(settings);
  return {
    provider: 'telnyx',
    async send(text) {
      assertMayLeave('hand a text to Telnyx');
      try {
        const answer = await client.messages.send(requestOf(text, publicWebhookUrl), {
          signal: AbortSignal.timeout(settings.timeoutMs), // the SDK's own time-out ends with the headers
        });
        const providerMessageId = answer.data?.id;
        return providerMessageId === undefined
          ? { kind: 'unknown', code: 'no-message-id' }
          : { kind: 'accepted', providerMessageId };
      } catch (error) {
        return outcomeOf(readFailure(error), classifyTelnyxError);
      }
    },
    // Telnyx finds a text by its own id alone, which is what a lost answer would have told; its receipt names the attempt.
    lookUp: () => Promise.resolve({ kind: 'cannot-tell' }),
  };
}

/** Shared by all that talks to Telnyx: no retries, and no bodies in its log. */
export function telnyxClient({ apiKey, baseUrl, timeoutMs }: TelnyxSettings): Telnyx {
  return new Telnyx({ apiKey, baseURL: baseUrl ?? null, timeout: timeoutMs, maxRetries: 0, logLevel: 'off' });
}

function requestOf(text: OutgoingText, publicWebhookUrl: string) {
  return {
    from: text.from,
    to: text.to,
    text: text.body,
    messaging_profile_id: text.messagingProfileId,
    webhook_url: `${publicWebhookUrl}/webhooks/telnyx/messages?attempt=${text.attemptId}`,
    ...(text.mediaUrls.length === 0
      ? { type: 'SMS' as const }
      : { type: 'MMS' as const, media_urls: [...text.mediaUrls] }),
    encoding: 'auto' as const,
  };
}

import { assertMayLeave } from '@frontdesk/kernel';
import type { OutgoingText, TextGateway } from '@frontdesk/messaging/ports';
import { outcomeOf } from '../carrier/send-outcome.ts';
import { readFailure, twilioClient, type TwilioSettings } from './client.ts';
import { classifyTwilioError } from './error-classes.ts';
import { findText } from './find-text.ts';

export type TwilioSmsSettings = TwilioSettings & {
  /** Where status callbacks reach webhook ingress, without a trailing slash. */
  publicWebhookUrl: string;
};

/** Sends texts by Twilio, one request per call. Twilio knows no idempotency key for texts, so nothing is repeated here. */
export function twilioSmsGateway({ publicWebhookUrl, ...settings }: TwilioSmsSettings): TextGateway {
  const client = twilioClient(settings);
  return {
    provider: 'twilio',
    async send(text) {
      assertMayLeave('hand a text to Twilio');
      try {
        const { sid } = await client.messages.create(requestOf(text, publicWebhookUrl));
        return typeof sid === 'string' && sid !== ''
          ? { kind: 'accepted', providerMessageId: sid }
          : { kind: 'unknown', code: 'no-message-id' };
      } catch (error) {
        return outcomeOf(readFailure(error), classifyTwilioError);
      }
    },
    async lookUp(lost) {
      assertMayLeave('look a text up at Twilio');
      try {
        return await findText(client, lost);
      } catch {
        return { kind: 'cannot-tell' };
      }
    },
  };
}

/**
 * The text leaves from the number that the person wrote to, also within a Messaging Service, whose pool would else choose
 * one: "You may also provide a Messaging Service SID … in addition to a specific 'From'" (twilio.com/docs/errors/21603).
 */
function requestOf(text: OutgoingText, publicWebhookUrl: string) {
  return {
    from: text.from,
    to: text.to,
    ...(text.body !== '' && { body: text.body }),
    ...(text.mediaUrls.length > 0 && { mediaUrl: [...text.mediaUrls] }),
    ...(text.messagingProfileId.startsWith('MG') && { messagingServiceSid: text.messagingProfileId }),
    statusCallback: `${publicWebhookUrl}/webhooks/twilio/messages/status?attempt=${text.attemptId}`,
  };
}

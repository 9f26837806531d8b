import { assertMayLeave } from '@frontdesk/kernel';
import type { OutgoingText, SendOutcome, TextGateway } from '@frontdesk/messaging/ports';
import { outcomeOf } from '../carrier/send-outcome.ts';
import { twilioAddress } from './address.ts';
import { choiceContent, type ChoiceContent } from './choice-content.ts';
import { readFailure, twilioClient, type TwilioSettings } from './client.ts';
import { classifyTwilioError, isContentFault } from './error-classes.ts';
import { findText } from './find-text.ts';
import { makeKnownContents } from './known-contents.ts';
import { numberedChoices } from '../carrier/numbered-choices.ts';
import { templateVariables } from './template-variables.ts';

export type TwilioTextSettings = TwilioSettings & {
  /** Where status callbacks reach webhook ingress, without a trailing slash. */
  publicWebhookUrl: string;
};

/** What a message says: words, or a content that is kept at Twilio with the values of its variables. */
type Said = { body: string } | { contentSid: string; contentVariables?: string };

/**
 * Sends texts by Twilio, on both channels. Twilio knows no idempotency key for texts, so none that it may have taken is repeated
 * here. Buttons and lists travel as a content, which is looked up or made before; without one they are a numbered list in words.
 */
export function twilioTextGateway({ publicWebhookUrl, ...settings }: TwilioTextSettings): TextGateway {
  const client = twilioClient(settings);
  const contents = makeKnownContents({ client, longestWaitMs: Math.min(settings.timeoutMs, 3_000) });

  async function post(text: OutgoingText, said: Said): Promise<SendOutcome> {
    try {
      const message = { ...envelopeOf(text, publicWebhookUrl), ...('body' in said && said.body === '' ? {} : said) };
      const { sid } = await client.messages.create(message);
      return typeof sid === 'string' && sid !== ''
        ? { kind: 'accepted', providerMessageId: sid }
        : { kind: 'unknown', code: 'no-message-id' };
    } catch (error) {
      return outcomeOf(readFailure(error), classifyTwilioError);
    }
  }

  async function sendWithChoices(text: OutgoingText, content: ChoiceContent): Promise<SendOutcome> {
    const inWords = () => post(text, { body: numberedChoices(text) });
    const contentSid = await contents.sidOf(content);
    if (contentSid === null) return inWords();
    const outcome = await post(text, { contentSid, contentVariables: variablesOf(content.values) });
    if (outcome.kind !== 'refused' || !isContentFault(outcome.code)) return outcome;
    // Somebody removed it at Twilio, which took nothing: the words leave in its place.
    contents.forget(content);
    return inWords();
  }

  return {
    provider: 'twilio',
    async send(text) {
      assertMayLeave('hand a text to Twilio');
      if (text.channel === 'sms') return post(text, { body: text.body });
      if (text.template !== null) {
        const { externalId: contentSid, values } = text.template;
        const variables = templateVariables(values);
        return post(text, { contentSid, ...(values.length > 0 && { contentVariables: variablesOf(variables) }) });
      }
      const content = text.mediaUrls.length === 0 ? choiceContent(text) : null;
      return content === null ? post(text, { body: numberedChoices(text) }) : sendWithChoices(text, content);
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
 * A sender of WhatsApp stands in no pool.
 */
function envelopeOf(text: OutgoingText, publicWebhookUrl: string) {
  const { channel, from, to, template, mediaUrls, messagingProfileId } = text;
  return {
    from: twilioAddress(channel, from),
    to: twilioAddress(channel, to),
    ...(mediaUrls.length > 0 && template === null && { mediaUrl: [...mediaUrls] }),
    ...(channel === 'sms' && messagingProfileId.startsWith('MG') && { messagingServiceSid: messagingProfileId }),
    statusCallback: `${publicWebhookUrl}/webhooks/twilio/messages/status?attempt=${text.attemptId}`,
  };
}

/** `{"1": "Ana", "2": "Tuesday"}` */
function variablesOf(values: readonly string[]): string {
  return JSON.stringify(Object.fromEntries(values.map((value, n) => [String(n + 1), value])));
}

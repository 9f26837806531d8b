import type { Clock } from '@frontdesk/kernel';
import { countSegments } from '../wire/segments.ts';
import { wireAddress } from './address.ts';
import type { SendAsked } from './parse-send.ts';
import { newSid } from './sid.ts';
import type { WebhookForm } from './signature.ts';
import { API_VERSION, type TwilioFinalStatus } from './types.ts';

/** A message of the account, sent or received. */
export interface TwilioMessage extends SendAsked {
  sid: string;
  direction: 'inbound' | 'outbound-api';
  status: 'accepted' | 'queued' | 'sent' | 'received' | TwilioFinalStatus;
  errorCode: string | null;
  createdAt: Temporal.Instant;
  updatedAt: Temporal.Instant;
  sentAt: Temporal.Instant | null;
}

export function queueMessage(asked: SendAsked, clock: Clock): TwilioMessage {
  const now = clock();
  return {
    ...asked,
    sid: newSid(asked.mediaUrls.length > 0 ? 'MM' : 'SM'),
    direction: 'outbound-api',
    status: asked.service === null ? 'queued' : 'accepted',
    errorCode: null,
    createdAt: now,
    updatedAt: now,
    sentAt: null,
  };
}

export function markSent(message: TwilioMessage, clock: Clock): void {
  message.status = 'sent';
  message.sentAt = clock();
  message.updatedAt = message.sentAt;
}

export function markFinal(
  message: TwilioMessage,
  outcome: { status: TwilioFinalStatus; errorCode: string | null },
  clock: Clock,
): void {
  message.status = outcome.status;
  message.errorCode = outcome.errorCode;
  message.updatedAt = clock();
}

/** The Message resource, as its creation, its fetch and the list tell it. */
export function messageResource(message: TwilioMessage, accountSid: string): Record<string, unknown> {
  const path = `/${API_VERSION}/Accounts/${accountSid}/Messages/${message.sid}`;
  return {
    account_sid: accountSid,
    api_version: API_VERSION,
    body: message.text,
    date_created: rfc2822(message.createdAt),
    date_sent: message.sentAt === null ? null : rfc2822(message.sentAt),
    date_updated: rfc2822(message.updatedAt),
    direction: message.direction,
    error_code: message.errorCode === null ? null : Number(message.errorCode),
    error_message: null,
    from: wireAddress(message.channel, message.from),
    messaging_service_sid: message.service,
    num_media: String(message.mediaUrls.length),
    // A Messaging Service counts when it has chosen the sender.
    num_segments: message.status === 'accepted' ? '0' : String(countSegments(message.text).parts),
    price: null,
    price_unit: 'USD',
    sid: message.sid,
    status: message.status,
    subresource_uris: { media: `${path}/Media.json` },
    to: wireAddress(message.channel, message.to),
    uri: `${path}.json`,
  };
}

/** The status callback for what the message is now. */
export function statusForm(message: TwilioMessage, accountSid: string): WebhookForm {
  return {
    AccountSid: accountSid,
    ApiVersion: API_VERSION,
    From: wireAddress(message.channel, message.from),
    MessageSid: message.sid,
    MessageStatus: message.status,
    SmsSid: message.sid,
    SmsStatus: message.status,
    To: wireAddress(message.channel, message.to),
    ...(message.service !== null && { MessagingServiceSid: message.service }),
    ...(message.errorCode !== null && { ErrorCode: message.errorCode }),
    ...(message.channel === 'whatsapp' && { ChannelPrefix: 'whatsapp' }),
    ...(message.status === 'read' && { EventType: 'READ' }),
  };
}

/** `Fri, 20 Nov 2026 16:00:00 +0000` */
export function rfc2822(at: Temporal.Instant): string {
  return new Date(at.epochMilliseconds).toUTCString().replace('GMT', '+0000');
}

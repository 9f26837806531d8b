import { wireAddress } from './address.ts';
import type { TwilioContent } from './content/content-book.ts';
import type { TwilioSender } from './senders/sender-book.ts';
import type { TwilioEvent } from './webhook-poster.ts';

/*
 * UNVERIFIED: the fields of both. Twilio documents that the status of a sender is told to its callback, and no page lists how; of
 * templates it tells by the account's own alarms.
 */

/** What a sender's status callback says. */
export function senderNews({ sid, number, status, offlineReasons }: TwilioSender, accountSid: string): TwilioEvent {
  const [reason] = offlineReasons;
  return {
    id: `${sid}:${status}`,
    type: `sender.${status}`,
    form: {
      AccountSid: accountSid,
      SenderSid: sid,
      SenderId: wireAddress('whatsapp', number),
      SenderStatus: status,
      ...(reason !== undefined && { ErrorCode: reason.code, ErrorMessage: reason.message }),
    },
  };
}

/** What is told of the approval of a template. */
export function contentNews({ sid, approval }: TwilioContent, accountSid: string): TwilioEvent {
  const { status, name, reason } = approval;
  return {
    id: `${sid}:${status}`,
    type: `content.${status}`,
    form: {
      AccountSid: accountSid,
      ContentSid: sid,
      TemplateName: name ?? '',
      ApprovalStatus: status,
      ...(reason !== '' && { RejectionReason: reason }),
    },
  };
}

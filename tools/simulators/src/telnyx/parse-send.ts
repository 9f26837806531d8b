import { z } from 'zod';
import type { Reply } from '../wire/route.ts';
import { refusal } from './errors.ts';
import type { NumberBook } from './number-book.ts';
import { countSegments, fitsGsm7, type Segments } from '../wire/segments.ts';

const MOST_SEGMENTS = 10;
const MOST_MEDIA = 10;

const sendBody = z.object({
  from: z.string().optional(),
  messaging_profile_id: z.string().optional(),
  to: z.string().optional(),
  text: z.string().optional(),
  media_urls: z.array(z.string()).optional(),
  subject: z.string().optional(),
  type: z.string().optional(),
  encoding: z.enum(['auto', 'gsm7', 'ucs2']).optional(),
  auto_detect: z.boolean().optional(),
  use_profile_webhooks: z.boolean().optional(),
  webhook_url: z.string().optional(),
  webhook_failover_url: z.string().optional(),
});

type SendBody = z.infer<typeof sendBody>;

export interface SendAsked {
  from: string;
  to: string;
  text: string;
  type: 'SMS' | 'MMS';
  mediaUrls: readonly string[];
  profileId: string;
  segments: Segments;
  webhookUrl: string | null;
  failoverUrl: string | null;
}

export type ParsedSend = { kind: 'send'; asked: SendAsked } | { kind: 'refused'; reply: Reply };

const refused = (reply: Reply): ParsedSend => ({ kind: 'refused', reply });

/** Reads the body of a send the way Telnyx does: the first thing that is wrong with it is the answer. */
export function parseSend(json: unknown, numbers: NumberBook, profileWebhookUrl: string | null): ParsedSend {
  const parsed = sendBody.safeParse(json);
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path.join('/') ?? '';
    return refused(refusal('10015', 'The request body is not valid.', `/${path}`));
  }
  const body = parsed.data;
  const wrong = wrongRecipient(body.to) ?? wrongContent(body);
  if (wrong !== null) return refused(wrong);

  const sender = findSender(body, numbers);
  if ('status' in sender) return refused(sender);
  const media = body.media_urls ?? [];
  const ownWebhook = body.use_profile_webhooks === true ? undefined : body.webhook_url;
  return {
    kind: 'send',
    asked: {
      ...sender,
      to: body.to ?? '',
      text: body.text ?? '',
      type: media.length > 0 ? 'MMS' : 'SMS',
      mediaUrls: media,
      segments: countSegments(body.text ?? '', body.encoding),
      webhookUrl: ownWebhook ?? profileWebhookUrl,
      failoverUrl: ownWebhook === undefined ? null : (body.webhook_failover_url ?? null),
    },
  };
}

function wrongRecipient(to: string | undefined): Reply | null {
  if (to === undefined || to === '') return refusal('10004', "The 'to' field is required.", '/to');
  if (!/^\+[1-9]\d{1,14}$/.test(to)) return refusal('10016', "The 'to' number is not in +E.164 format.", '/to');
  const possible = to.startsWith('+1') ? /^\+1[2-9]\d{2}[2-9]\d{6}$/.test(to) : to.length > 8;
  return possible ? null : refusal('40310', "The 'to' address should be a valid number.", '/to');
}

function wrongContent(body: SendBody): Reply | null {
  const text = body.text ?? '';
  const media = body.media_urls ?? [];
  if (body.type !== undefined && body.type !== 'SMS' && body.type !== 'MMS') {
    return refusal('40301', 'The message type is not supported.', '/type');
  }
  if (text === '' && media.length === 0) return refusal('40316', 'A message needs text or media.', '/text');
  if (body.type === 'SMS' && media.length > 0) return refusal('40304', 'An SMS has no media.', '/media_urls');
  if ((body.type === 'MMS' && media.length === 0) || media.length > MOST_MEDIA) {
    return refusal('40317', 'An MMS has one to ten media URLs.', '/media_urls');
  }
  if (body.encoding === 'gsm7' && !fitsGsm7(text)) {
    return refusal('10015', 'The text cannot be encoded as GSM-7.', '/encoding');
  }
  if (media.length === 0 && countSegments(text, body.encoding).parts > MOST_SEGMENTS) {
    return refusal('40328', 'The text has more than ten segments.', '/text');
  }
  return null;
}

function findSender(body: SendBody, numbers: NumberBook): { from: string; profileId: string } | Reply {
  const { from, messaging_profile_id: named } = body;
  if (from === undefined) {
    if (named === undefined) return refusal('10004', "Either 'from' or 'messaging_profile_id' is required.", '/from');
    const pooled = numbers.numberOf(named);
    return pooled === null
      ? refusal('40321', 'The messaging profile has no usable number.', '/messaging_profile_id')
      : { from: pooled, profileId: named };
  }
  if (!/^\+[1-9]\d{7,14}$/.test(from)) return refusal('10016', "The 'from' number is not in +E.164 format.", '/from');
  const own = numbers.profileOf(from);
  if (own === null || (named !== undefined && named !== own && numbers.isListed(from))) {
    return refusal('40305', "The 'from' address is not a number of the sending messaging profile.", '/from');
  }
  return { from, profileId: named ?? own };
}

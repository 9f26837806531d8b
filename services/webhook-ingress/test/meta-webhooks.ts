import { hash } from 'node:crypto';
import { newId } from '@frontdesk/kernel';

type Fields = Record<string, unknown>;

/** Meta's id of a clinic's number in these tests. */
export const phoneNumberIdOf = (number: string): string => `10${number.replaceAll(/\D/g, '')}`;

const bare = (number: string) => number.replaceAll(/\D/g, '');
const seconds = (at: Temporal.Instant) => String(Math.floor(at.epochMilliseconds / 1_000));

export type MetaText = {
  /** Left out where WhatsApp keeps it to itself. */
  from?: string | undefined;
  userId?: string | undefined;
  to: string;
  text: string;
  messageId?: string;
  at?: Temporal.Instant;
  file?: { url: string; contentType: string } | undefined;
  /** What was tapped instead of written. */
  choice?: { id: string; title: string };
};

/** One entry of a webhook: a message to a number of a clinic. */
export function metaEntry({ from, userId, to, at = Temporal.Now.instant(), ...text }: MetaText) {
  const person = {
    ...(from !== undefined && { wa_id: bare(from) }),
    ...(userId !== undefined && { user_id: userId }),
  };
  const message = {
    ...(from !== undefined && { from: bare(from) }),
    ...(userId !== undefined && { from_user_id: userId }),
    id: text.messageId ?? `wamid.${newId()}`,
    timestamp: seconds(at),
    ...contentOf(text),
  };
  return entryOf(to, { contacts: [{ profile: { name: 'Ana' }, ...person }], messages: [message] });
}

export const metaBody = (...entry: Fields[]) => ({ object: 'whatsapp_business_account', entry });
export const metaMessage = (text: MetaText) => metaBody(metaEntry(text));

/** A person has another number at WhatsApp, and another id. */
export const metaNumberChange = (change: {
  to: string;
  from: string;
  newNumber: string;
  previousUserId?: string;
  userId?: string;
}) =>
  metaBody(
    entryOf(change.to, {
      messages: [
        {
          from: bare(change.from),
          id: `wamid.${newId()}`,
          timestamp: seconds(Temporal.Now.instant()),
          type: 'system',
          system: {
            body: `User Ana changed from ${bare(change.from)} to ${bare(change.newNumber)}`,
            type: 'user_changed_number',
            wa_id: bare(change.newNumber),
            user_id: change.userId,
            previous_user_id: change.previousUserId,
          },
        },
      ],
    }),
  );

/** What became of a message that left the clinic's number. */
export function metaStatus({
  from,
  messageId,
  status,
  attempt,
  errorCode,
}: {
  from: string;
  messageId: string;
  status: string;
  attempt?: string;
  errorCode?: string;
}) {
  const report = {
    id: messageId,
    status,
    timestamp: seconds(Temporal.Now.instant()),
    recipient_id: '15125550100',
    ...(attempt !== undefined && { biz_opaque_callback_data: attempt }),
    ...(errorCode !== undefined && { errors: [{ code: Number(errorCode), title: 'why' }] }),
  };
  return metaBody(entryOf(from, { statuses: [report] }));
}

/** News of a template. */
export const metaTemplateUpdate = (templateId: string, event: string, at: Temporal.Instant, reason = 'NONE') =>
  metaBody({
    id: 'WABA',
    time: Math.floor(at.epochMilliseconds / 1_000),
    changes: [
      {
        field: 'message_template_status_update',
        value: { event, message_template_id: templateId, message_template_name: 'reminder', reason },
      },
    ],
  });

function entryOf(number: string, value: Fields) {
  const metadata = { display_phone_number: bare(number), phone_number_id: phoneNumberIdOf(number) };
  const change = { field: 'messages', value: { messaging_product: 'whatsapp', metadata, ...value } };
  return { id: 'WABA', changes: [change] };
}

function contentOf({ text, file, choice }: Pick<MetaText, 'text' | 'file' | 'choice'>): Fields {
  if (choice !== undefined) return { type: 'interactive', interactive: { type: 'button_reply', button_reply: choice } };
  if (file === undefined) return { type: 'text', text: { body: text } };
  return { type: 'image', image: { id: fileIdOf(file.url), mime_type: file.contentType, caption: text } };
}

/** Meta's id of a file, which has digits alone. */
const fileIdOf = (url: string): string => String(Number.parseInt(hash('sha256', url).slice(0, 12), 16));

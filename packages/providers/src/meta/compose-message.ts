import type { PersonAddress } from '@frontdesk/kernel';
import type { Choice, OutgoingTemplate, OutgoingText } from '@frontdesk/messaging/ports';
import { numberedChoices } from '../carrier/numbered-choices.ts';

const longestButton = 20;
const mostButtons = 3;
const longestInteractiveBody = 1_024;
/** What opens a list. */
const listLabel = 'Choose';

/**
 * The message as Meta takes it. UNVERIFIED: that receipts quote `biz_opaque_callback_data`, by which they find their attempt, is
 * not in the reference; it rests on clients of others (whatsapp-api-js, types OnStatusArgs).
 */
export function composeMessage(text: OutgoingText): Record<string, unknown> {
  return {
    messaging_product: 'whatsapp',
    recipient_type: 'individual',
    ...recipientOf(text.to),
    biz_opaque_callback_data: text.attemptId,
    ...contentOf(text),
  };
}

/** A number without its plus, or the id of somebody who keeps the number to themselves. */
function recipientOf(to: PersonAddress): Record<string, string> {
  return to.startsWith('wa:') ? { recipient: to.slice('wa:'.length) } : { to: to.slice(1) };
}

function contentOf(text: OutgoingText): Record<string, unknown> {
  const { body, mediaUrls, template, choices } = text;
  if (template !== null) return { type: 'template', template: templateOf(template) };
  const [url] = mediaUrls;
  if (url !== undefined) return mediaOf(url, numberedChoices(text));
  // A longer text goes without buttons, with what there is to choose below it.
  const isInteractive = choices.length > 0 && body !== '' && body.length <= longestInteractiveBody;
  if (isInteractive) return { type: 'interactive', interactive: interactiveOf(body, choices) };
  return { type: 'text', text: { body: numberedChoices(text), preview_url: false } };
}

function templateOf({ name, language, values, choices = [] }: OutgoingTemplate): Record<string, unknown> {
  const body = { type: 'body', parameters: values.map((value) => ({ type: 'text', text: value })) };
  const buttons = choices.map(({ id }, index) => ({
    type: 'button',
    sub_type: 'quick_reply',
    index: String(index),
    parameters: [{ type: 'payload', payload: id }],
  }));
  const components = [...(values.length > 0 ? [body] : []), ...buttons];
  return { name, language: { code: language }, ...(components.length > 0 && { components }) };
}

function interactiveOf(body: string, choices: readonly Choice[]): Record<string, unknown> {
  const fitButtons = choices.length <= mostButtons && choices.every(({ title }) => title.length <= longestButton);
  if (fitButtons && choices.every(({ description }) => description === undefined)) {
    const buttons = choices.map(({ id, title }) => ({ type: 'reply', reply: { id, title } }));
    return { type: 'button', body: { text: body }, action: { buttons } };
  }
  const rows = choices.map(({ id, title, description }) => ({
    id,
    title,
    ...(description !== undefined && { description }),
  }));
  return { type: 'list', body: { text: body }, action: { button: listLabel, sections: [{ rows }] } };
}

const kinds: Readonly<Record<string, 'image' | 'video'>> = {
  jpg: 'image',
  jpeg: 'image',
  png: 'image',
  mp4: 'video',
  '3gp': 'video',
};

/** By its name: a picture, a video, or a document, which alone takes files of every kind. */
function mediaOf(url: string, caption: string): Record<string, unknown> {
  const filename = new URL(url).pathname.split('/').at(-1) ?? '';
  const [, extension = ''] = /\.(\w+)$/.exec(filename) ?? [];
  const type = kinds[extension.toLowerCase()] ?? 'document';
  const file = {
    link: url,
    ...(caption !== '' && { caption }),
    ...(type === 'document' && filename !== '' && { filename: decodeURIComponent(filename) }),
  };
  return { type, [type]: file };
}

import type { Clock } from '@frontdesk/kernel';
import type { MediaSent } from '../wire/media-shelf.ts';
import type { TextAnswer } from '../wire/texting.ts';
import type { WebhookAnswer } from '../wire/webhook-delivery.ts';
import type { MetaAccounts, MetaNumber } from './accounts.ts';
import { metadataOf, newWamid, secondsOf } from './message.ts';
import type { People, Person } from './people.ts';
import type { MetaTextReceived } from './types.ts';
import type { MetaChange, MetaPoster } from './webhook-poster.ts';
import type { Windows } from './windows.ts';

interface TextLineDependencies {
  accounts: MetaAccounts;
  people: People;
  windows: Windows;
  poster: MetaPoster;
  clock: Clock;
  keepFile: (file: MediaSent, number: MetaNumber) => { id: string; contentType: string; sha256: string };
  onReceived: (messageId: string, number: MetaNumber) => void;
}

/** What a webhook under way, or gathered for later, is answered for now. */
const notYet: WebhookAnswer = { status: null, body: '', failure: null, ms: 0 };

/** People's messages, which open the window. */
export function createTextLine(dependencies: TextLineDependencies): (text: MetaTextReceived) => Promise<TextAnswer> {
  const { accounts, people, windows, poster } = dependencies;

  function change(text: MetaTextReceived, messageId: string, number: MetaNumber, person: Person): MetaChange {
    const isHidden = people.isHidden(person);
    const waId = isHidden ? {} : { wa_id: person.number?.slice(1) };
    const message = {
      ...(!isHidden && { from: person.number?.slice(1) }),
      from_user_id: person.userId,
      id: messageId,
      timestamp: secondsOf(dependencies.clock),
      ...contentOf(text, (file) => dependencies.keepFile(file, number)),
    };
    dependencies.onReceived(messageId, number);
    return {
      account: number.account,
      field: 'messages',
      value: {
        messaging_product: 'whatsapp',
        metadata: metadataOf(number),
        contacts: [{ profile: { name: person.name }, ...waId, user_id: person.userId }],
        messages: [message],
      },
    };
  }

  return async (text) => {
    const number = accounts.byNumber(text.to);
    if (number === null) throw new Error(`no account has the number ${text.to}`);
    if (!number.account.subscribed) throw new Error('the app hears nothing of this account');
    const person = people.at(text.from);
    windows.open(number.phoneNumberId, person);
    const messageId = text.messageId ?? newWamid();
    const told = change(text, messageId, number, person);
    const deliveries = Array.from({ length: text.copies ?? 1 }, () => poster.post(told));
    if (text.twin === true) deliveries.push(poster.post(change(text, newWamid(), number, person)));
    const [first = notYet, ...repeats] = await Promise.all(
      deliveries.map(async (each) => (await each?.first) ?? notYet),
    );
    return { ...first, messageId, repeats };
  };
}

function contentOf(
  { text, media = [], choice, other }: MetaTextReceived,
  keepFile: (file: MediaSent) => { id: string; contentType: string; sha256: string },
): Record<string, unknown> {
  if (other !== undefined) return other;
  if (choice !== undefined) {
    const { id, title, description, of: kind = 'button' } = choice;
    if (kind === 'template') return { type: 'button', button: { payload: id, text: title } };
    const reply = { id, title, ...(kind === 'list' && description !== undefined && { description }) };
    return { type: 'interactive', interactive: { type: `${kind}_reply`, [`${kind}_reply`]: reply } };
  }
  const [file] = media;
  if (file === undefined) return { type: 'text', text: { body: text } };
  const { id, contentType, sha256 } = keepFile(file);
  const type = typeOf(contentType);
  return { type, [type]: { id, mime_type: contentType, sha256, ...(text !== '' && { caption: text }) } };
}

function typeOf(contentType: string): string {
  if (contentType === 'image/webp') return 'sticker';
  const [kind = ''] = contentType.split('/');
  return ['image', 'audio', 'video'].includes(kind) ? kind : 'document';
}

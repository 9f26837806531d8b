import { newId } from '@frontdesk/kernel';
import type { MetaAccepted, MetaSimulator } from '@frontdesk/simulators';
import type { CarrierItem, Persona, Said, TextItem } from '../feed-items.ts';
import type { Feed } from './feed.ts';
import { forgetOldest } from './phone-line.ts';

export type WhatsAppLineOptions = {
  meta: MetaSimulator;
  feed: Feed;
  personas: readonly Persona[];
  clinicNumber: string;
  now?: () => number;
};

/** WhatsApp on the phones of all personas. */
export type WhatsAppLine = {
  say(persona: Persona, said: Said): Promise<TextItem>;
  sendPicture(persona: Persona, picture: Picture): Promise<TextItem>;
  /** A picture that somebody sent. */
  picture(id: string): Picture | null;
  /** The person looks at what came. */
  readAll(persona: Persona): Promise<void>;
  /** From now on it is as if the person had last written more than 24 hours ago. */
  closeWindow(persona: Persona): void;
  close(): void;
};

type Picture = { contentType: string; bytes: Uint8Array };

const kept = 200;
const keptPictures = 20;

export function createWhatsAppLine({
  meta,
  feed,
  personas,
  clinicNumber,
  now = Date.now,
}: WhatsAppLineOptions): WhatsAppLine {
  /** By the id that WhatsApp gave the message. */
  const said = new Map<string, TextItem>();
  const unread = new Map<string, TextItem>();
  const pictures = new Map<string, Picture>();
  for (const { name, number } of personas) meta.setName(number, name);

  const show = (item: TextItem): TextItem => {
    feed.publish([item]);
    return item;
  };

  const leaveTexts = meta.onText((text) => {
    const persona = personas.find(({ number }) => number === text.to);
    if (persona === undefined) return feed.publish([carrierItem(text, now())]);
    const item = receivedItem(text, persona, now());
    unread.set(text.id, item);
    forgetOldest(unread, kept);
    feed.publish([carrierItem(text, now()), item]);
  });
  const leaveMarks = meta.onSeen(({ messageId }) => {
    const item = said.get(messageId);
    if (item === undefined || item.state === 'read') return;
    const read: TextItem = { ...item, state: 'read', answeredAt: item.answeredAt ?? now() };
    said.set(messageId, read);
    show(read);
  });

  async function send(item: TextItem, message: Parameters<MetaSimulator['receiveText']>[0]): Promise<TextItem> {
    show(item);
    const messageId = `wamid.${item.id}`;
    said.set(messageId, item);
    forgetOldest(said, kept);
    const answer = await meta.receiveText({ ...message, messageId });
    const latest = said.get(messageId) ?? item;
    // The desk may have read it before its webhook was answered.
    const state = latest.state === 'read' ? 'read' : answer.status === 200 ? 'accepted' : 'refused';
    const taken: TextItem = { ...latest, state, answeredAt: now() };
    said.set(messageId, taken);
    return show(taken);
  }

  return {
    say: (persona, { text, choice }) =>
      send(sentItem(persona, text, [], now()), {
        from: persona.number,
        to: clinicNumber,
        text,
        ...(choice !== undefined && { choice }),
      }),

    sendPicture(persona, picture) {
      const id = newId();
      pictures.set(id, picture);
      forgetOldest(pictures, keptPictures);
      const item = sentItem(persona, '', [`/api/pictures/${id}`], now());
      return send(item, { from: persona.number, to: clinicNumber, text: '', media: [picture] });
    },

    picture: (id) => pictures.get(id) ?? null,

    async readAll(persona) {
      const mine = [...unread].filter(([, { personaId }]) => personaId === persona.id);
      for (const [messageId, item] of mine) {
        unread.delete(messageId);
        show({ ...item, state: 'read' });
        await meta.readMessage(messageId);
      }
    },

    closeWindow(persona) {
      meta.closeWindow(clinicNumber, persona.number);
      feed.publish([{ kind: 'silence', id: newId(), personaId: persona.id, at: now() }]);
    },

    close() {
      leaveTexts();
      leaveMarks();
    },
  };
}

function sentItem(persona: Persona, text: string, pictures: readonly string[], at: number): TextItem {
  return {
    kind: 'text',
    id: newId(),
    personaId: persona.id,
    direction: 'out',
    text,
    at,
    state: 'sending',
    answeredAt: null,
    whatsApp: { choices: [], listLabel: null, template: null, pictures },
  };
}

function receivedItem(received: MetaAccepted, persona: Persona, at: number): TextItem {
  const { id, text, choices, listLabel, template, mediaUrls } = received;
  return {
    kind: 'text',
    id,
    personaId: persona.id,
    direction: 'in',
    text,
    at,
    state: 'received',
    answeredAt: null,
    whatsApp: { choices, listLabel, template: template?.name ?? null, pictures: mediaUrls },
  };
}

function carrierItem({ id, callbackData, from, to, text }: MetaAccepted, at: number): CarrierItem {
  return { kind: 'carrier', id, channel: 'whatsapp', attemptId: callbackData, from, to, text, at };
}

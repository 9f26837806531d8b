import { newId } from '@frontdesk/kernel';
import type { Autoresponse, SimulatedCall, TelnyxSimulator, TextAccepted } from '@frontdesk/simulators';
import type { CallItem, Persona, TextItem } from '../feed-items.ts';
import type { Feed } from './feed.ts';

export type PhoneLineOptions = {
  telnyx: TelnyxSimulator;
  feed: Feed;
  personas: readonly Persona[];
  /** The number that everybody texts and calls. */
  clinicNumber: string;
  now?: () => number;
};

/** The phones of all personas, plugged into the carrier. */
export type PhoneLine = {
  sendText(persona: Persona, text: string): Promise<TextItem>;
  /** A person makes one call at a time; a second one ends the first. */
  placeCall(persona: Persona): Promise<CallItem>;
  /** Somebody at the clinic picks up. Null: there is no such call. */
  answer(callId: string): Promise<CallItem | null>;
  hangUp(callId: string): Promise<CallItem | null>;
  /** The carrier reported this text as delivered. */
  markDelivered(carrierId: string): void;
  close(): void;
};

const keptCalls = 50;

export function createPhoneLine(options: PhoneLineOptions): PhoneLine {
  const { telnyx, feed, personas, clinicNumber, now = Date.now } = options;
  const calls = new Map<string, { item: CallItem; call: SimulatedCall }>();
  const received = new Map<string, TextItem>();

  const show = <Item extends TextItem | CallItem>(item: Item): Item => {
    feed.publish([item]);
    return item;
  };
  const receive = (to: string, id: string, text: string): TextItem[] => {
    const persona = personas.find(({ number }) => number === to);
    if (persona === undefined) return [];
    const item: TextItem = {
      kind: 'text',
      id,
      personaId: persona.id,
      direction: 'in',
      text,
      at: now(),
      state: 'received',
      answeredAt: null,
    };
    received.set(id, item);
    forgetOldest(received, 200);
    return [item];
  };
  const leaveTexts = telnyx.onText((text) =>
    feed.publish([carrierItem(text, now()), ...receive(text.to, text.id, text.text)]),
  );
  const leaveAnswers = telnyx.onAutoresponse(({ to, text }: Autoresponse) => feed.publish(receive(to, newId(), text)));

  const changeCall = (callId: string, change: Partial<CallItem>): CallItem | null => {
    const known = calls.get(callId);
    if (known === undefined) return null;
    known.item = { ...known.item, ...change };
    return show(known.item);
  };
  const hangUp = async (callId: string): Promise<CallItem | null> => {
    const known = calls.get(callId);
    if (known === undefined || known.item.endedAt !== null) return known?.item ?? null;
    const ended = changeCall(callId, { state: known.item.state === 'answered' ? 'over' : 'missed', endedAt: now() });
    await known.call.hangUp();
    return ended;
  };

  return {
    async sendText(persona, text) {
      const item = show<TextItem>({
        kind: 'text',
        id: newId(),
        personaId: persona.id,
        direction: 'out',
        text,
        at: now(),
        state: 'sending',
        answeredAt: null,
      });
      const answer = await telnyx.receiveText({ from: persona.number, to: clinicNumber, text });
      return show({ ...item, state: answer.status === 200 ? 'accepted' : 'refused', answeredAt: now() });
    },

    async placeCall(persona) {
      for (const { item } of calls.values()) {
        if (item.personaId === persona.id) await hangUp(item.id);
      }
      const call = await telnyx.placeCall({ from: persona.number, to: clinicNumber });
      const item: CallItem = {
        kind: 'call',
        id: call.sessionId,
        personaId: persona.id,
        state: 'ringing',
        at: now(),
        endedAt: null,
      };
      calls.set(item.id, { item, call });
      forgetOldest(calls, keptCalls);
      return show(item);
    },

    async answer(callId) {
      const known = calls.get(callId);
      if (known === undefined || known.item.state !== 'ringing') return known?.item ?? null;
      await known.call.answer();
      return changeCall(callId, { state: 'answered' });
    },

    hangUp,

    markDelivered(carrierId) {
      const item = received.get(carrierId);
      if (item === undefined || item.state === 'delivered') return;
      const delivered: TextItem = { ...item, state: 'delivered' };
      received.set(carrierId, delivered);
      show(delivered);
    },

    close() {
      leaveTexts();
      leaveAnswers();
    },
  };
}

function carrierItem({ id, from, to, text, webhookUrl }: TextAccepted, at: number) {
  const attemptId = webhookUrl === null ? null : new URL(webhookUrl).searchParams.get('attempt');
  return { kind: 'carrier' as const, id, channel: 'sms' as const, attemptId, from, to, text, at };
}

/** Keeps the newest. */
export function forgetOldest(items: Map<string, unknown>, kept: number): void {
  for (const id of items.keys()) {
    if (items.size <= kept) return;
    items.delete(id);
  }
}

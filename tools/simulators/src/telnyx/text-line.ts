import { newId, type Clock } from '@frontdesk/kernel';
import { keep } from '../wire/keep.ts';
import type { EventPoster } from './event-poster.ts';
import { inboundEvent } from './inbound-text.ts';
import type { NumberBook } from './number-book.ts';
import { AUTORESPONSES, type OptOuts } from './opt-outs.ts';
import type { MediaShelf } from '../wire/media-shelf.ts';
import type { Autoresponse, AutoresponseType } from '../wire/texting.ts';
import type { TextAnswer, TextReceived } from './types.ts';

interface TextLineDependencies {
  poster: EventPoster;
  numbers: NumberBook;
  optOuts: OptOuts;
  clock: Clock;
  media: MediaShelf;
  mediaUrl: (id: string) => string;
  webhookUrl: (profileId: string) => string;
  autoresponses: Autoresponse[];
  onAutoresponse: (answer: Autoresponse) => void;
}

/** People's texts: the opt-out engine hears each first, then the app is told. */
export function createTextLine(dependencies: TextLineDependencies): (text: TextReceived) => Promise<TextAnswer> {
  const { poster, numbers, optOuts, clock, autoresponses, media, mediaUrl } = dependencies;

  function hear(text: TextReceived, profileId: string): AutoresponseType | null {
    const kind = optOuts.hear(profileId, text);
    if (kind !== null) {
      const answer = { from: text.to, to: text.from, text: AUTORESPONSES[kind], kind, at: clock() };
      keep(autoresponses, answer);
      dependencies.onAutoresponse(answer);
    }
    return text.autoresponseType === undefined ? kind : text.autoresponseType;
  }

  return async (text) => {
    const profileId = numbers.profileOf(text.to) ?? newId();
    const autoresponseType = hear(text, profileId);
    const ids = { eventId: text.eventId ?? newId(), messageId: text.messageId ?? newId() };
    const url = dependencies.webhookUrl(profileId);

    const event = inboundEvent(text, { ...ids, profileId, autoresponseType, clock, media, mediaUrl });
    const deliveries = Array.from({ length: text.copies ?? 1 }, () => poster.postMessageEvent(event, url));
    if (text.twin === true) {
      const twin = { eventId: newId(), messageId: newId(), profileId, autoresponseType, clock, media, mediaUrl };
      deliveries.push(poster.postMessageEvent(inboundEvent(text, twin), url));
    }
    const [first, ...repeats] = await Promise.all(deliveries.map((delivery) => delivery.first));
    if (first === undefined) throw new Error('a text is delivered at least once');
    return { ...first, ...ids, repeats };
  };
}

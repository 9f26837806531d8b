import { useEffect } from 'react';
import type { Desk, Persona } from '../../feed-items.ts';
import { readMessages, useSay, useSendPicture, useSendText } from '../desk-client.ts';
import type { ThreadItem } from '../live/fold-feed.ts';
import type { Channel } from './channel-switch.tsx';
import { Composer } from './composer.tsx';
import type { Links } from './linked-words.tsx';
import styles from './phone.module.css';
import { suggest } from './suggest.ts';
import { Thread } from './thread.tsx';

type ConversationProps = {
  persona: Persona;
  channel: Channel;
  thread: readonly ThreadItem[];
  clinic: Desk['clinic'];
  links: Links;
};

/** What was said on both channels, and what the person says next on the chosen one. */
export function Conversation({ persona, channel, thread, clinic, links }: ConversationProps) {
  const { mutate: text, error: textFailure } = useSendText(persona.id);
  const { mutate: say, error: sayFailure } = useSay(persona.id);
  const { mutate: sendPicture, error: pictureFailure } = useSendPicture(persona.id);
  useReading(persona, thread);
  const isWhatsApp = channel === 'whatsapp';
  const failure = isWhatsApp ? (sayFailure ?? pictureFailure) : textFailure;
  return (
    <>
      <Thread items={thread} persona={persona} clinic={clinic} links={links} onTap={(said) => say(said)} />
      {persona.readOnly ? (
        <p className={styles['reads']}>Notices to the clinic’s staff arrive here.</p>
      ) : (
        <Composer
          suggestions={suggest(persona, thread)}
          label={isWhatsApp ? 'Message' : 'Text message'}
          onSend={(words) => (isWhatsApp ? say({ text: words }) : text(words))}
          onPicture={isWhatsApp ? (picture) => sendPicture(picture) : undefined}
          failure={failure?.message ?? null}
        />
      )}
    </>
  );
}

/** Whoever looks at a message on WhatsApp has read it. */
function useReading(persona: Persona, thread: readonly ThreadItem[]): void {
  const unread = thread.findLast(
    (item) => item.kind === 'text' && item.whatsApp !== undefined && item.state === 'received',
  );
  const id = unread?.id;
  useEffect(() => {
    // A receipt that does not leave is one less to see; the next look sends it.
    if (id !== undefined) readMessages(persona.id).catch(() => {});
  }, [persona.id, id]);
}

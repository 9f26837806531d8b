import { ActionIcon, Tooltip } from '@mantine/core';
import { IconHourglassLow, IconPhone } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { Desk, Persona } from '../../feed-items.ts';
import { usePlaceCall, useSilence } from '../desk-client.ts';
import { useFeed } from '../live/use-feed.tsx';
import { CallScreen } from './call-screen.tsx';
import { ChannelSwitch, type Channel } from './channel-switch.tsx';
import { clockLabel, numberLabel } from './clock-label.ts';
import { Conversation } from './conversation.tsx';
import { PaymentSheet } from './payment-sheet.tsx';
import { PersonaPicker } from './persona-picker.tsx';
import styles from './phone.module.css';

/** A phone on the table: somebody's thread with the clinic, the call button, and the payment page behind a link. */
export function Phone({ desk }: { desk: Desk }) {
  const { threads } = useFeed();
  const [persona, setPersona] = useState<Persona | undefined>(desk.personas[0]);
  const [link, setLink] = useState<string | null>(null);
  const [channels, setChannels] = useState<Readonly<Record<string, Channel>>>({});
  if (persona === undefined) return null;
  const thread = threads.get(persona.id) ?? [];
  const channel = channels[persona.id] ?? 'sms';
  const choose = (next: Channel) => setChannels({ ...channels, [persona.id]: next });
  const call = thread.findLast((item) => item.kind === 'call');
  const isPayment = (url: string) => url.startsWith(desk.checkoutOrigin);
  const open = (url: string) => {
    if (isPayment(url)) setLink(url);
    else window.open(url, '_blank', 'noopener');
  };
  return (
    <>
      <PersonaPicker personas={desk.personas} chosen={persona} onChoose={setPersona} threads={threads} />
      <div className={styles['device']}>
        <div className={styles['screen']} data-channel={channel}>
          <StatusBar timeZone={desk.clinic.timeZone} />
          {!persona.readOnly && <ChannelSwitch chosen={channel} onChoose={choose} />}
          <Contact desk={desk} persona={persona} channel={channel} />
          <Conversation
            key={persona.id}
            persona={persona}
            channel={channel}
            thread={thread}
            clinic={desk.clinic}
            links={{ open, isPayment }}
          />
          {call !== undefined && call.endedAt === null && <CallScreen call={call} clinic={desk.clinic} />}
          {link !== null && <PaymentSheet url={link} onClose={() => setLink(null)} />}
        </div>
      </div>
    </>
  );
}

function StatusBar({ timeZone }: { timeZone: string }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const tick = setInterval(() => setNow(Date.now()), 10_000);
    return () => clearInterval(tick);
  }, []);
  return (
    <div className={styles['status']} aria-hidden>
      <span>{clockLabel(now, timeZone).replace(/ [AP]M/, '')}</span>
      <span className={styles['island']} />
      <svg width="44" height="12" viewBox="0 0 44 12" fill="currentColor">
        <rect x="0" y="7" width="3" height="5" rx="1" />
        <rect x="4.5" y="5" width="3" height="7" rx="1" />
        <rect x="9" y="2.5" width="3" height="9.5" rx="1" />
        <rect x="13.5" y="0" width="3" height="12" rx="1" />
        <rect x="21.5" y="0.5" width="19" height="11" rx="3.2" fill="none" stroke="currentColor" opacity="0.5" />
        <rect x="23" y="2" width="14" height="8" rx="2" />
        <rect x="41.5" y="4" width="1.8" height="4" rx="0.9" opacity="0.5" />
      </svg>
    </div>
  );
}

function Contact({ desk, persona, channel }: { desk: Desk; persona: Persona; channel: Channel }) {
  const { mutate: place, isPending, error } = usePlaceCall(persona.id);
  return (
    <div className={styles['contact']}>
      <span className={styles['avatar']} aria-hidden>
        {initials(desk.clinic.name)}
      </span>
      <div className={styles['who']}>
        <strong>{desk.clinic.name}</strong>
        <span>{error === null ? numberLabel(desk.clinic.number) : error.message}</span>
      </div>
      {channel === 'whatsapp' && <LetTimePass persona={persona} />}
      {!persona.readOnly && (
        <Tooltip label="Call the clinic" openDelay={400}>
          <ActionIcon
            variant="light"
            radius="xl"
            size={40}
            aria-label={`Call ${desk.clinic.name}`}
            loading={isPending}
            onClick={() => place()}
          >
            <IconPhone size={19} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}

/** Outside the 24 hours WhatsApp takes nothing but templates; this shows it without the waiting. */
function LetTimePass({ persona }: { persona: Persona }) {
  const { mutate: pass, isPending } = useSilence(persona.id);
  return (
    <Tooltip label="Let 24 hours pass" openDelay={400}>
      <ActionIcon
        variant="light"
        radius="xl"
        size={40}
        aria-label="Let 24 hours pass"
        loading={isPending}
        onClick={() => pass()}
      >
        <IconHourglassLow size={19} stroke={1.8} />
      </ActionIcon>
    </Tooltip>
  );
}

function initials(name: string): string {
  return name
    .split(' ')
    .map(([first = '']) => first)
    .slice(0, 2)
    .join('');
}

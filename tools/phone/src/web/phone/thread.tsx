import { VisuallyHidden } from '@mantine/core';
import { IconChecks, IconPhoneEnd, IconPhoneIncoming } from '@tabler/icons-react';
import type { CallItem, Desk, Persona, Said, TextItem } from '../../feed-items.ts';
import type { ThreadItem } from '../live/fold-feed.ts';
import { clockLabel } from './clock-label.ts';
import { LinkedWords, type Links } from './linked-words.tsx';
import styles from './thread.module.css';
import { WhatsAppBubble } from './whatsapp-bubble.tsx';

type ThreadProps = {
  items: readonly ThreadItem[];
  persona: Persona;
  clinic: Desk['clinic'];
  links: Links;
  /** Taps what a message on WhatsApp offers. */
  onTap: (said: Said) => void;
};

const pauseMs = 10 * 60_000;

/** The bubbles, oldest first; the view stays at the newest, as its style says. */
export function Thread({ items, persona, clinic, links, onTap }: ThreadProps) {
  const last = items.at(-1);
  return (
    <div className={styles['thread']} role="log" aria-label={`Texts of ${persona.name}`} tabIndex={0}>
      <div className={styles['entries']}>
        {items.length === 0 && <Empty persona={persona} clinic={clinic} />}
        {items.map((item, n) => {
          const before = items[n - 1];
          const paused = before === undefined || item.at - before.at > pauseMs;
          return (
            <div key={item.id} className={styles['entry']}>
              {paused && <p className={styles['time']}>{clockLabel(item.at, clinic.timeZone)}</p>}
              {item.kind === 'call' && <CallLine call={item} timeZone={clinic.timeZone} />}
              {item.kind === 'silence' && <SilenceLine />}
              {item.kind === 'text' && (
                <Bubble
                  text={item}
                  follows={isSameSide(before, item)}
                  clinic={clinic}
                  links={links}
                  onTap={isAnswered(items, n) ? undefined : onTap}
                />
              )}
            </div>
          );
        })}
        {last?.kind === 'text' &&
          last.direction === 'out' &&
          last.state === 'accepted' &&
          last.whatsApp === undefined && <Ticks />}
        {last?.kind === 'text' && last.direction === 'out' && last.state === 'read' && <Writing />}
      </div>
    </div>
  );
}

function Empty({ persona, clinic }: { persona: Persona; clinic: Desk['clinic'] }) {
  return (
    <div className={styles['empty']}>
      <strong>
        {persona.readOnly
          ? 'No notices yet'
          : `You are ${persona.name === 'Unknown number' ? 'a stranger' : persona.name}`}
      </strong>
      <span>
        {persona.readOnly
          ? 'When a visit is paid or a person is needed, the desk texts Maya.'
          : `Text ${clinic.name}, or call and hang up before anybody answers.`}
      </span>
    </div>
  );
}

function Bubble({
  text,
  follows,
  clinic,
  links,
  onTap,
}: {
  text: TextItem;
  follows: boolean;
  clinic: Desk['clinic'];
  links: Links;
  onTap: ((said: Said) => void) | undefined;
}) {
  const out = text.direction === 'out';
  const words = out ? text.text : <LinkedWords text={text.text} links={links} />;
  return (
    <div className={styles['row']} data-direction={text.direction} data-follows={follows}>
      <VisuallyHidden>{out ? 'You:' : `${clinic.name}:`}</VisuallyHidden>
      {text.whatsApp !== undefined ? (
        <WhatsAppBubble text={text} part={text.whatsApp} timeZone={clinic.timeZone} onTap={onTap}>
          {words}
        </WhatsAppBubble>
      ) : (
        <>
          <div className={styles['bubble']} dir="auto" data-testid={`bubble-${text.direction}`} data-state={text.state}>
            {words}
          </div>
          {out && text.state === 'refused' && <span className={styles['refused']}>Not delivered</span>}
          {out && text.state === 'sending' && <span className={styles['sending']}>Sending…</span>}
        </>
      )}
    </div>
  );
}

function Ticks() {
  return (
    <p className={styles['ticks']}>
      <IconChecks size={15} stroke={2} aria-hidden /> Delivered
    </p>
  );
}

/** WhatsApp shows that somebody writes, from the moment that the desk has read the message. */
function Writing() {
  return (
    <p className={styles['writing']} role="status" aria-label="The clinic is writing">
      <span />
      <span />
      <span />
    </p>
  );
}

function SilenceLine() {
  return (
    <p className={styles['silence']} data-testid="silence">
      <strong>24 hours pass</strong> Until you write again, WhatsApp takes nothing but templates.
    </p>
  );
}

function CallLine({ call, timeZone }: { call: CallItem; timeZone: string }) {
  const said = {
    ringing: 'Calling',
    answered: 'On the phone',
    missed: 'You hung up before anybody answered',
    over: 'Call ended',
  };
  const Icon = call.state === 'missed' || call.state === 'over' ? IconPhoneEnd : IconPhoneIncoming;
  return (
    <p className={styles['call']} data-testid="call-line">
      <Icon size={15} stroke={1.8} aria-hidden /> {said[call.state]} · {clockLabel(call.at, timeZone)}
    </p>
  );
}

/** Whether the person has said something since. */
function isAnswered(items: readonly ThreadItem[], n: number): boolean {
  return items.slice(n + 1).some((item) => item.kind === 'text' && item.direction === 'out');
}

function isSameSide(before: ThreadItem | undefined, item: TextItem): boolean {
  return before?.kind === 'text' && before.direction === item.direction && item.at - before.at < pauseMs;
}

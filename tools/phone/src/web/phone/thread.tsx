import { UnstyledButton } from '@mantine/core';
import { IconArrowUpRight, IconChecks, IconCreditCard, IconPhoneEnd, IconPhoneIncoming } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { CallItem, Desk, Persona, Said, TextItem } from '../../feed-items.ts';
import type { ThreadItem } from '../live/fold-feed.ts';
import { clockLabel } from './clock-label.ts';
import styles from './thread.module.css';
import { WhatsAppBubble } from './whatsapp-bubble.tsx';

type ThreadProps = {
  items: readonly ThreadItem[];
  persona: Persona;
  clinic: Desk['clinic'];
  onOpenLink: (url: string) => void;
  /** Taps what a message on WhatsApp offers. */
  onTap: (said: Said) => void;
};

const pauseMs = 10 * 60_000;

/** The bubbles, oldest first; the view stays at the newest, as its style says. */
export function Thread({ items, persona, clinic, onOpenLink, onTap }: ThreadProps) {
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
              {item.kind === 'call' ? (
                <CallLine call={item} timeZone={clinic.timeZone} />
              ) : (
                <Bubble
                  text={item}
                  follows={isSameSide(before, item)}
                  timeZone={clinic.timeZone}
                  onOpenLink={onOpenLink}
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
  timeZone,
  onOpenLink,
  onTap,
}: {
  text: TextItem;
  follows: boolean;
  timeZone: string;
  onOpenLink: (url: string) => void;
  onTap: ((said: Said) => void) | undefined;
}) {
  const out = text.direction === 'out';
  if (text.whatsApp !== undefined) {
    return (
      <div className={styles['row']} data-direction={text.direction} data-follows={follows}>
        <WhatsAppBubble text={text} part={text.whatsApp} timeZone={timeZone} onTap={onTap}>
          {withLinks(text.text, onOpenLink)}
        </WhatsAppBubble>
      </div>
    );
  }
  return (
    <div className={styles['row']} data-direction={text.direction} data-follows={follows}>
      <div className={styles['bubble']} data-testid={`bubble-${text.direction}`} data-state={text.state}>
        {withLinks(text.text, onOpenLink)}
      </div>
      {out && text.state === 'refused' && <span className={styles['refused']}>Not delivered</span>}
      {out && text.state === 'sending' && <span className={styles['sending']}>Sending…</span>}
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

/** Links become buttons under the words, as phones show them. */
function withLinks(text: string, onOpen: (url: string) => void): ReactNode {
  const links = [...text.matchAll(/https?:\/\/[^\s)]+[^\s).,!?]/g)].map(([url]) => url);
  if (links.length === 0) return text;
  const words = links
    .reduce((rest, url) => rest.replace(url, ''), text)
    .replace(/[ \t]{2,}/g, ' ')
    .replace(/ ([.,!?])/g, '$1');
  return (
    <>
      {words.trim()}
      {links.map((url) => (
        <UnstyledButton key={url} className={styles['link'] ?? ''} onClick={() => onOpen(url)} data-testid="link">
          <span className={styles['linkIcon']} aria-hidden>
            <IconCreditCard size={20} stroke={1.7} />
          </span>
          <span className={styles['linkWords']}>
            <strong>Open the payment page</strong>
            <small>{new URL(url).host}</small>
          </span>
          <IconArrowUpRight size={17} stroke={1.8} aria-hidden />
        </UnstyledButton>
      ))}
    </>
  );
}

/** Whether the person has said something since. */
function isAnswered(items: readonly ThreadItem[], n: number): boolean {
  return items.slice(n + 1).some((item) => item.kind === 'text' && item.direction === 'out');
}

function isSameSide(before: ThreadItem | undefined, item: TextItem): boolean {
  return before?.kind === 'text' && before.direction === item.direction && item.at - before.at < pauseMs;
}

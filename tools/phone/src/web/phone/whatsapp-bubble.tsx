import { UnstyledButton } from '@mantine/core';
import { IconChecks, IconClock, IconList, IconTemplate } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Said, TextItem, WhatsAppPart } from '../../feed-items.ts';
import { clockLabel } from './clock-label.ts';
import styles from './whatsapp-bubble.module.css';

type WhatsAppBubbleProps = {
  text: TextItem;
  part: WhatsAppPart;
  /** The words, with what links in them became. */
  children: ReactNode;
  timeZone: string;
  /** Left out once something was said after it. */
  onTap?: ((said: Said) => void) | undefined;
};

/** A message on WhatsApp: its picture, its words, the time, the ticks of one's own, and what can be tapped. */
export function WhatsAppBubble({ text, part, children, timeZone, onTap }: WhatsAppBubbleProps) {
  const { direction, state } = text;
  return (
    <div className={styles['message']} data-direction={direction}>
      <div
        className={styles['bubble']}
        data-testid={`bubble-${direction}`}
        data-channel="whatsapp"
        data-state={state}
        data-direction={direction}
      >
        {part.template !== null && (
          <span className={styles['template']} data-testid="template" title={part.template}>
            <IconTemplate size={13} stroke={1.8} aria-hidden /> Template
          </span>
        )}
        {part.pictures.map((url) => (
          <img key={url} className={styles['picture']} src={url} alt="Picture" />
        ))}
        <div dir="auto">{children}</div>
        <span className={styles['foot']}>
          {clockLabel(text.at, timeZone)}
          {direction === 'out' && <Ticks state={state} />}
        </span>
      </div>
      {part.choices.length > 0 && <Choices part={part} onTap={onTap} />}
    </div>
  );
}

/** Two when the clinic has it, blue when it was read. */
function Ticks({ state }: Pick<TextItem, 'state'>) {
  if (state === 'refused') return <span className={styles['refused']}>Not delivered</span>;
  if (state === 'sending') return <IconClock size={13} stroke={1.8} aria-label="Sending" />;
  const isRead = state === 'read';
  return (
    <IconChecks
      className={styles['ticks'] ?? ''}
      data-read={isRead}
      size={16}
      stroke={2}
      role="img"
      aria-label={isRead ? 'Read' : 'Delivered'}
    />
  );
}

/** Buttons under the message, or a list that opens at a tap. */
function Choices({ part, onTap }: { part: WhatsAppPart; onTap: WhatsAppBubbleProps['onTap'] }) {
  const [opened, setOpened] = useState(false);
  const canTap = onTap !== undefined;
  const open = opened && canTap;
  const { choices, listLabel, template } = part;
  const of = listLabel !== null ? 'list' : template !== null ? 'template' : 'button';
  return (
    <div className={styles['choices']} role="group" aria-label="Choices">
      {listLabel !== null && (
        <UnstyledButton
          className={styles['choice'] ?? ''}
          aria-expanded={open}
          disabled={!canTap}
          onClick={() => setOpened(!open)}
          data-testid="list"
        >
          <IconList size={16} stroke={1.8} aria-hidden /> {listLabel}
        </UnstyledButton>
      )}
      {(listLabel === null || open) &&
        choices.map((choice) => (
          <UnstyledButton
            key={choice.id}
            className={styles['choice'] ?? ''}
            disabled={!canTap}
            data-testid="choice"
            onClick={() => onTap?.({ text: choice.title, choice: { ...choice, of } })}
          >
            <span>{choice.title}</span>
            {choice.description !== undefined && <small>{choice.description}</small>}
          </UnstyledButton>
        ))}
    </div>
  );
}

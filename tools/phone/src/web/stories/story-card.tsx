import { Collapse, UnstyledButton } from '@mantine/core';
import {
  IconAlarm,
  IconChevronDown,
  IconCreditCard,
  IconDots,
  IconHandStop,
  IconMessage,
  IconPhoneEnd,
  IconReceipt,
  IconUser,
  type Icon,
} from '@tabler/icons-react';
import { memo, useId, useState } from 'react';
import type { CauseKind } from '../live/cause.ts';
import type { Story } from '../live/story.ts';
import { msLabel } from './ms-label.ts';
import styles from './story-card.module.css';
import { Waterfall } from './waterfall.tsx';

const icons: Record<CauseKind, Icon> = {
  text: IconMessage,
  keyword: IconHandStop,
  call: IconPhoneEnd,
  payment: IconCreditCard,
  'by-hand': IconUser,
  due: IconAlarm,
  receipt: IconReceipt,
  other: IconDots,
};

type StoryCardProps = {
  story: Story;
  /** Open until somebody decides otherwise. */
  open: boolean;
};

/** A trace as a story: what came in, every step of it, and what the carrier got. */
export const StoryCard = memo(
  function StoryCard({ story, open }: StoryCardProps) {
    const [chosen, setChosen] = useState<boolean | null>(null);
    const isOpen = chosen ?? open;
    const panel = useId();
    const Icon = icons[story.kind];
    return (
      <article className={styles['card']} data-kind={story.kind} data-testid="story">
        <UnstyledButton
          className={styles['head'] ?? ''}
          aria-expanded={isOpen}
          aria-controls={panel}
          onClick={() => setChosen(!isOpen)}
        >
          <span className={styles['icon']} aria-hidden>
            <Icon size={18} stroke={1.8} />
          </span>
          <span className={styles['title']}>
            <strong>{story.title}</strong>
            {story.words !== null && <q>{story.words}</q>}
            {story.words === null && story.texts.length > 0 && <span>{`texted ${namesOf(story)}`}</span>}
          </span>
          <span className={styles['took']}>
            <strong>{msLabel(story.texts[0]?.afterMs ?? story.ms)}</strong>
            <small>{story.texts.length > 0 ? 'to the carrier' : 'in all'}</small>
          </span>
          <IconChevronDown className={styles['chevron'] ?? ''} data-open={isOpen} size={18} stroke={1.8} aria-hidden />
        </UnstyledButton>
        <Collapse expanded={isOpen}>
          <div id={panel} className={styles['body']}>
            <Waterfall story={story} />
            {story.texts.map(({ carried, afterMs, to }) => (
              <figure key={carried.id} className={styles['carried']}>
                <figcaption>
                  The carrier took this text to <b>{to}</b> after {msLabel(afterMs)}
                  {carried.channel === 'whatsapp' && ', for WhatsApp'}
                </figcaption>
                <blockquote>{carried.text}</blockquote>
              </figure>
            ))}
          </div>
        </Collapse>
      </article>
    );
  },
  (before, after) => before.open === after.open && isSameStory(before.story, after.story),
);

function namesOf({ texts }: Story): string {
  return [...new Set(texts.map(({ to }) => to))].join(' and ');
}

function isSameStory(before: Story, after: Story): boolean {
  return (
    before.steps.length === after.steps.length &&
    before.title === after.title &&
    before.words === after.words &&
    before.texts.length === after.texts.length
  );
}

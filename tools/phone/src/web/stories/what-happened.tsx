import { Switch } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { Desk } from '../../feed-items.ts';
import { tellStories } from '../live/story.ts';
import { useFeed } from '../live/use-feed.tsx';
import { PathMap } from '../path/path-map.tsx';
import { StoryCard } from './story-card.tsx';
import styles from './what-happened.module.css';

const mostShown = 30;

/** The live path, and under it one card for each thing that happened, newest first. */
export function WhatHappened({ desk }: { desk: Desk }) {
  const state = useFeed();
  const [withReceipts, setWithReceipts] = useState(false);
  const stories = useMemo(() => tellStories(state, desk.personas), [state, desk.personas]);
  const shown = stories
    .filter(({ kind }) => withReceipts || (kind !== 'receipt' && kind !== 'other'))
    .slice(0, mostShown);
  const newest = shown[0]?.id;
  return (
    <>
      <section className={styles['map']} aria-label="Live path">
        <PathMap />
      </section>
      <div className={styles['heading']}>
        <h2>What happened</h2>
        <Switch
          size="xs"
          label="Show receipts"
          checked={withReceipts}
          onChange={({ currentTarget }) => setWithReceipts(currentTarget.checked)}
        />
      </div>
      {shown.length === 0 ? (
        <div className={styles['empty']}>
          <strong>Nothing yet</strong>
          <span>
            Send a text from the phone. Its way through the services shows up here: every step with its time, the events
            that travelled, the rows that changed, and the text that the carrier got.
          </span>
        </div>
      ) : (
        <ol className={styles['stories']}>
          {shown.map((story) => (
            <li key={story.id}>
              <StoryCard story={story} open={story.id === newest} />
            </li>
          ))}
        </ol>
      )}
    </>
  );
}

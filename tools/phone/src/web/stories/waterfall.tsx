import { UnstyledButton } from '@mantine/core';
import { useState } from 'react';
import type { RowsWritten } from '../../feed-items.ts';
import type { Step, Story } from '../live/story.ts';
import { msLabel } from './ms-label.ts';
import styles from './waterfall.module.css';

const shownAtFirst = 40;
const narrowestPercent = 0.6;

/** Every step in the order of time: spans as bars, events as diamonds, texts as dots, with the rows that a span wrote. */
export function Waterfall({ story }: { story: Story }) {
  const [all, setAll] = useState(false);
  const steps = all ? story.steps : story.steps.slice(0, shownAtFirst);
  return (
    <div className={styles['waterfall']} role="table" aria-label={`Steps of: ${story.title}`}>
      <div className={styles['axis']} aria-hidden>
        <span />
        <span className={styles['ticks']}>
          {[0, 0.25, 0.5, 0.75, 1].map((part) => (
            <span key={part}>{part === 0 ? '0' : msLabel(story.ms * part)}</span>
          ))}
        </span>
        <span />
      </div>
      {steps.map((step, n) => (
        <Row key={step.id} step={step} wholeMs={story.ms} sameAsBefore={placeOf(step) === placeOf(steps[n - 1])} />
      ))}
      {steps.length < story.steps.length && (
        <UnstyledButton className={styles['more'] ?? ''} onClick={() => setAll(true)}>
          {`${story.steps.length - steps.length} more steps`}
        </UnstyledButton>
      )}
    </div>
  );
}

/** The service of a span, or the queue of an event. */
function placeOf(step: Step | undefined): string | null {
  if (step === undefined) return null;
  return step.kind === 'event' ? step.queue : step.service;
}

function Row({ step, wholeMs, sameAsBefore }: { step: Step; wholeMs: number; sameAsBefore: boolean }) {
  const left = Math.min(99.4, (step.fromMs / wholeMs) * 100);
  const width = step.kind === 'span' ? Math.max(narrowestPercent, Math.min(100 - left, (step.ms / wholeMs) * 100)) : 0;
  const rows = step.kind === 'span' ? step.rows : [];
  return (
    <div
      className={styles['row']}
      role="row"
      data-kind={step.kind}
      data-failed={step.kind === 'span' && step.failed}
      style={{ '--tint': `var(--service-${step.service}, var(--ink-faint))` }}
    >
      <span role="cell" className={styles['name']} style={{ '--depth': step.kind === 'span' ? step.depth : 0 }}>
        <span className={styles['service']} data-repeated={sameAsBefore}>
          {placeOf(step)}
        </span>
        <span className={styles['what']} title={step.name}>
          {step.name}
        </span>
        {summed(rows).map(({ verb, table, count }) => (
          <span key={`${verb} ${table}`} className={styles['written']} data-verb={verb} title={`${verb} ${table}`}>
            {`${signs[verb] ?? ''}${count ?? ''}`} {table}
          </span>
        ))}
      </span>
      <span role="cell" className={styles['lane']}>
        {step.kind === 'span' ? (
          <span className={styles['bar']} style={{ left: `${left}%`, width: `${width}%` }} />
        ) : (
          <span className={styles['mark']} style={{ left: `${left}%` }} />
        )}
      </span>
      <span role="cell" className={styles['ms']}>
        {step.kind === 'span' ? msLabel(step.ms) : `+${msLabel(step.fromMs)}`}
      </span>
    </div>
  );
}

const signs: Record<string, string> = { insert: '+', update: '~', delete: '−' };

/** One chip per table and verb. */
function summed(rows: readonly RowsWritten[]): RowsWritten[] {
  const chips = new Map<string, RowsWritten>();
  for (const { verb, table, count } of rows) {
    const known = chips.get(`${verb} ${table}`);
    const total = known === undefined ? count : known.count === null || count === null ? null : known.count + count;
    chips.set(`${verb} ${table}`, { verb, table, count: total });
  }
  return [...chips.values()];
}

import { UnstyledButton } from '@mantine/core';
import { useRef, type KeyboardEvent } from 'react';
import type { Persona } from '../../feed-items.ts';
import type { ThreadItem } from '../live/fold-feed.ts';
import styles from './persona-picker.module.css';
import { useUnread } from './use-unread.ts';

type PersonaPickerProps = {
  personas: readonly Persona[];
  chosen: Persona;
  onChoose: (persona: Persona) => void;
  threads: ReadonlyMap<string, readonly ThreadItem[]>;
};

/** Whose phone this is. Arrow keys move between people. */
export function PersonaPicker({ personas, chosen, onChoose, threads }: PersonaPickerProps) {
  const unread = useUnread(threads, chosen.id);
  const group = useRef<HTMLDivElement>(null);
  const move = ({ key }: KeyboardEvent) => {
    const step = key === 'ArrowRight' ? 1 : key === 'ArrowLeft' ? -1 : 0;
    const at = personas.indexOf(chosen) + step;
    const next = personas[(at + personas.length) % personas.length];
    if (step === 0 || next === undefined) return;
    onChoose(next);
    group.current?.querySelector<HTMLElement>(`[data-persona="${next.id}"]`)?.focus();
  };
  return (
    <div className={styles['picker']} role="radiogroup" aria-label="Whose phone is it?" ref={group} onKeyDown={move}>
      {personas.map((persona) => {
        const isChosen = persona.id === chosen.id;
        const waiting = unread.get(persona.id) ?? 0;
        return (
          <UnstyledButton
            key={persona.id}
            role="radio"
            aria-checked={isChosen}
            tabIndex={isChosen ? 0 : -1}
            data-persona={persona.id}
            className={styles['persona'] ?? ''}
            onClick={() => onChoose(persona)}
            aria-label={`${persona.name}, ${persona.note}${waiting > 0 ? `, ${waiting} unread` : ''}`}
            title={persona.note}
          >
            <span className={styles['face']} data-persona={persona.id} aria-hidden>
              {persona.id === 'stranger' ? '?' : persona.name[0]}
              {waiting > 0 && <span className={styles['unread']}>{waiting}</span>}
            </span>
            <span className={styles['name']}>{persona.name.split(' ')[0]}</span>
            <span className={styles['note']}>{shortNote(persona)}</span>
          </UnstyledButton>
        );
      })}
    </div>
  );
}

function shortNote({ id, note }: Persona): string {
  return { ana: 'new', ben: 'returning', stranger: 'stranger', staff: 'staff' }[id] ?? note;
}

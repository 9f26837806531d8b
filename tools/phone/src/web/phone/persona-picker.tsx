import { UnstyledButton } from '@mantine/core';
import type { Persona } from '../../feed-items.ts';
import type { ThreadItem } from '../live/fold-feed.ts';
import { moveWithArrows } from '../move-with-arrows.ts';
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
  const choose = (id: string) => {
    const persona = personas.find((each) => each.id === id);
    if (persona !== undefined) onChoose(persona);
  };
  const move = moveWithArrows(
    personas.map(({ id }) => id),
    chosen.id,
    choose,
  );
  return (
    <div className={styles['picker']} role="radiogroup" aria-label="Whose phone is it?" onKeyDown={move}>
      {personas.map((persona) => {
        const isChosen = persona.id === chosen.id;
        const waiting = unread.get(persona.id) ?? 0;
        return (
          <UnstyledButton
            key={persona.id}
            role="radio"
            aria-checked={isChosen}
            tabIndex={isChosen ? 0 : -1}
            value={persona.id}
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

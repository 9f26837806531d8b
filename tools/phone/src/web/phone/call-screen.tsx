import { ActionIcon, FocusTrap, UnstyledButton } from '@mantine/core';
import { IconPhoneEnd } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import type { CallItem, Desk } from '../../feed-items.ts';
import { useChangeCall } from '../desk-client.ts';
import styles from './call-screen.module.css';

/** The screen of a phone that calls: it rings until the caller hangs up, or somebody at the clinic takes it. */
export function CallScreen({ call, clinic }: { call: CallItem; clinic: Desk['clinic'] }) {
  const { mutate: change, isPending } = useChangeCall(call.id);
  const seconds = useSeconds();
  const answered = call.state === 'answered';
  return (
    <FocusTrap>
      <div className={styles['screen']} role="dialog" aria-label={`Call to ${clinic.name}`} data-testid="call-screen">
        <div className={styles['who']}>
          <strong>{clinic.name}</strong>
          <span role="status">{answered ? `on the phone · ${clock(seconds)}` : 'ringing…'}</span>
        </div>
        <div className={styles['rings']} data-answered={answered} aria-hidden>
          <span />
          <span />
          <span />
        </div>
        <div className={styles['actions']}>
          {!answered && (
            <UnstyledButton className={styles['pickUp'] ?? ''} onClick={() => change('answer')} disabled={isPending}>
              Let the clinic pick up
            </UnstyledButton>
          )}
          <ActionIcon
            data-autofocus
            size={68}
            radius="xl"
            color="#c22f3f"
            variant="filled"
            aria-label="Hang up"
            loading={isPending}
            onClick={() => change('hang-up')}
          >
            <IconPhoneEnd size={30} stroke={1.8} />
          </ActionIcon>
          <p className={styles['hint']}>
            {answered ? 'Nobody texts after an answered call.' : 'Hang up to make it a missed call.'}
          </p>
        </div>
      </div>
    </FocusTrap>
  );
}

function useSeconds(): number {
  const [seconds, setSeconds] = useState(0);
  useEffect(() => {
    const tick = setInterval(() => setSeconds((before) => before + 1), 1_000);
    return () => clearInterval(tick);
  }, []);
  return seconds;
}

function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

import { ActionIcon, Tooltip, UnstyledButton, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconDeviceMobileMessage, IconMoon, IconRoute, IconSun } from '@tabler/icons-react';
import { useState } from 'react';
import { useDesk } from './desk-client.ts';
import { useConnected } from './live/use-feed.tsx';
import { moveWithArrows } from './move-with-arrows.ts';
import styles from './page.module.css';
import { Phone } from './phone/phone.tsx';
import { WhatHappened } from './stories/what-happened.tsx';

const sides = [
  { id: 'phone', label: 'Phone', icon: IconDeviceMobileMessage },
  { id: 'happened', label: 'What happened', icon: IconRoute },
] as const;
type Side = (typeof sides)[number]['id'];

export function Page() {
  const { data: desk } = useDesk();
  const narrow = useMediaQuery('(width < 1240px)', window.innerWidth < 1240, { getInitialValueInEffect: false });
  const [side, setSide] = useState<Side>('phone');
  // Both sides stay as they are while one of them is out of sight.
  const panelProps = (id: Side) => ({
    id: `panel-${id}`,
    'aria-label': sides.find((each) => each.id === id)?.label,
    ...(narrow && { role: 'tabpanel', hidden: side !== id }),
  });
  return (
    <div className={styles['page']}>
      <header className={styles['header']}>
        <h1 className={styles['brand']}>
          <img src="/icon.svg" alt="" /> Frontdesk
        </h1>
        {desk !== undefined && (
          <span className={styles['clinic']}>{`${desk.clinic.name}, ${desk.clinic.location}`}</span>
        )}
        <span className={styles['spacer']} />
        <Connection />
        <ColorSchemeSwitch />
      </header>
      {desk === undefined ? (
        <main className={styles['starting']}>The desk is opening…</main>
      ) : (
        <main className={styles['sides']}>
          <section className={styles['left']} {...panelProps('phone')}>
            <Phone desk={desk} />
          </section>
          <section className={styles['right']} {...panelProps('happened')}>
            <WhatHappened desk={desk} />
          </section>
        </main>
      )}
      {narrow && (
        <nav>
          <div
            className={styles['tabs']}
            role="tablist"
            aria-label="Sides of the page"
            onKeyDown={moveWithArrows(
              sides.map(({ id }) => id),
              side,
              setSide,
            )}
          >
            {sides.map(({ id, label, icon: Icon }) => (
              <UnstyledButton
                key={id}
                role="tab"
                aria-selected={side === id}
                aria-controls={`panel-${id}`}
                tabIndex={side === id ? 0 : -1}
                value={id}
                className={styles['tab'] ?? ''}
                onClick={() => setSide(id)}
              >
                <Icon size={18} stroke={1.8} aria-hidden /> {label}
              </UnstyledButton>
            ))}
          </div>
        </nav>
      )}
    </div>
  );
}

function Connection() {
  const connected = useConnected();
  return (
    <span className={styles['live']} data-connected={connected} role="status">
      {connected ? 'Live' : 'Reconnecting'}
    </span>
  );
}

function ColorSchemeSwitch() {
  const { setColorScheme } = useMantineColorScheme();
  const next = useComputedColorScheme('light') === 'light' ? 'dark' : 'light';
  const Icon = next === 'dark' ? IconMoon : IconSun;
  return (
    <Tooltip label={`Switch to ${next}`} openDelay={400}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="lg"
        aria-label={`Switch to ${next}`}
        onClick={() => setColorScheme(next)}
      >
        <Icon size={19} stroke={1.7} />
      </ActionIcon>
    </Tooltip>
  );
}

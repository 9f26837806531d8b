import { UnstyledButton } from '@mantine/core';
import { IconBrandWhatsapp, IconMessage } from '@tabler/icons-react';
import { moveWithArrows } from '../move-with-arrows.ts';
import styles from './channel-switch.module.css';

export type Channel = 'sms' | 'whatsapp';

const channels = [
  { id: 'sms', name: 'SMS', Icon: IconMessage },
  { id: 'whatsapp', name: 'WhatsApp', Icon: IconBrandWhatsapp },
] as const;

/** By what the person writes from now on; the thread is one all the same. */
export function ChannelSwitch({ chosen, onChoose }: { chosen: Channel; onChoose: (channel: Channel) => void }) {
  const move = moveWithArrows(
    channels.map(({ id }) => id),
    chosen,
    onChoose,
  );
  return (
    <div className={styles['bar']}>
      <div className={styles['switch']} role="radiogroup" aria-label="Write by" onKeyDown={move}>
        {channels.map(({ id, name, Icon }) => (
          <UnstyledButton
            key={id}
            role="radio"
            aria-checked={id === chosen}
            tabIndex={id === chosen ? 0 : -1}
            value={id}
            className={styles['channel'] ?? ''}
            data-channel={id}
            onClick={() => onChoose(id)}
          >
            <Icon size={15} stroke={1.8} aria-hidden /> {name}
          </UnstyledButton>
        ))}
      </div>
    </div>
  );
}

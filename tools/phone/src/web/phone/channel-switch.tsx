import { UnstyledButton } from '@mantine/core';
import { IconBrandWhatsapp, IconMessage } from '@tabler/icons-react';
import styles from './channel-switch.module.css';

export type Channel = 'sms' | 'whatsapp';

const channels = [
  { id: 'sms', name: 'SMS', Icon: IconMessage },
  { id: 'whatsapp', name: 'WhatsApp', Icon: IconBrandWhatsapp },
] as const;

/** By what the person writes from now on; the thread is one all the same. */
export function ChannelSwitch({ chosen, onChoose }: { chosen: Channel; onChoose: (channel: Channel) => void }) {
  return (
    <div className={styles['bar']}>
      <div className={styles['switch']} role="radiogroup" aria-label="Write by">
        {channels.map(({ id, name, Icon }) => (
          <UnstyledButton
            key={id}
            role="radio"
            aria-checked={id === chosen}
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

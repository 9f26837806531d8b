import { ActionIcon, FocusTrap } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconLock, IconX } from '@tabler/icons-react';
import { useEffect, useEffectEvent } from 'react';
import styles from './payment-sheet.module.css';

const goodbyeMs = 1_400;

/** The page behind the link, in a sheet over the thread. It closes itself soon after the payment page sent the payer back. */
export function PaymentSheet({ url, onClose }: { url: string; onClose: () => void }) {
  useHotkeys([['Escape', onClose]]);
  const close = useEffectEvent(onClose);
  useEffect(() => {
    let closing: ReturnType<typeof setTimeout> | undefined;
    const onMessage = ({ data, origin }: MessageEvent<unknown>) => {
      if (data === 'frontdesk:paid' && origin === location.origin) closing = setTimeout(close, goodbyeMs);
    };
    window.addEventListener('message', onMessage);
    return () => {
      window.removeEventListener('message', onMessage);
      clearTimeout(closing);
    };
  }, []);
  return (
    <FocusTrap>
      <div className={styles['sheet']} role="dialog" aria-label="Payment page" data-testid="payment-sheet">
        <div className={styles['bar']}>
          <span className={styles['address']}>
            <IconLock size={14} stroke={1.8} aria-hidden /> {new URL(url).host}
          </span>
          <ActionIcon
            data-autofocus
            variant="subtle"
            color="gray"
            radius="xl"
            aria-label="Close the payment page"
            onClick={onClose}
          >
            <IconX size={19} stroke={1.8} />
          </ActionIcon>
        </div>
        <iframe className={styles['frame']} src={url} title="Square checkout" />
      </div>
    </FocusTrap>
  );
}

import { UnstyledButton } from '@mantine/core';
import { IconArrowUpRight, IconCreditCard, IconLink } from '@tabler/icons-react';
import { Fragment } from 'react';
import styles from './linked-words.module.css';

/** What the phone does with a link. */
export type Links = { open: (url: string) => void; isPayment: (url: string) => boolean };

const link = /(https?:\/\/[^\s)]+[^\s).,!?])/;

/** The words of a text, with a button where each link stood. */
export function LinkedWords({ text, links }: { text: string; links: Links }) {
  // With its group, the pattern leaves the links at the odd places.
  return text
    .split(link)
    .map((part, n) => (
      <Fragment key={`${n} ${part}`}>
        {n % 2 === 1 ? <LinkButton url={part} links={links} /> : besideLink(part)}
      </Fragment>
    ));
}

function LinkButton({ url, links: { open, isPayment } }: { url: string; links: Links }) {
  const Icon = isPayment(url) ? IconCreditCard : IconLink;
  return (
    <UnstyledButton className={styles['link'] ?? ''} onClick={() => open(url)} data-testid="link">
      <span className={styles['icon']} aria-hidden>
        <Icon size={20} stroke={1.7} />
      </span>
      <span className={styles['words']}>
        <strong>{isPayment(url) ? 'Open the payment page' : 'Open the link'}</strong>
        <small>{new URL(url).host}</small>
      </span>
      <IconArrowUpRight size={17} stroke={1.8} aria-hidden />
    </UnstyledButton>
  );
}

/** What stands before or after a link, without the blanks and the full stop that joined them. */
function besideLink(words: string): string {
  return /^[\s.,!?]*$/.test(words) ? '' : words.trim();
}

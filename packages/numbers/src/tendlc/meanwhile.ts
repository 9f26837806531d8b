import type { NumberStatus } from './number-status.ts';

type Facts = Pick<NumberStatus, 'number' | 'mayText' | 'works' | 'next' | 'usually'>;

/** What leaves while carriers refuse texts of some number: by what, and until when. Null when they refuse none. */
export function meanwhileOf(numbers: readonly Facts[]): string | null {
  const [first, ...more] = numbers.filter(({ mayText }) => mayText === 'refused');
  if (first === undefined) return null;
  const those = (fits: (facts: Facts) => boolean) =>
    numbers
      .filter(fits)
      .map(({ number }) => number)
      .join(', ');
  const texting = those(({ mayText }) => mayText === 'yes');
  const verifying = those(({ mayText }) => mayText === 'if-verified');
  const elsewhere = those(({ mayText }) => mayText === 'elsewhere');
  const onWhatsApp = those(({ works }) => works.includes('whatsapp'));
  const ways = [
    texting === '' ? '' : `Texts leave from ${texting}.`,
    verifying === '' ? '' : `Texts from ${verifying} (toll-free) arrive once its carrier has verified it.`,
    elsewhere === '' ? '' : `Texts from ${elsewhere} arrive as far as it is registered at its carrier.`,
    onWhatsApp === ''
      ? ''
      : `On WhatsApp anything leaves from ${onWhatsApp} for 24 hours after a person wrote, and approved templates afterwards.`,
  ].filter((way) => way !== '');
  if (ways.length === 0)
    ways.push('Nothing that the desk writes arrives yet; what people text comes in, and staff see it.');
  const refused = [first, ...more].map(({ number }) => number).join(', ');
  const usually = first.usually === null ? '' : ` Usually: ${first.usually}.`;
  const next = first.next ?? 'Nothing to do.';
  return `${ways.join(' ')} Carriers refuse texts from ${refused} until it is in a live campaign. Next: ${next}${usually}`;
}

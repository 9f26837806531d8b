import { meter } from '@frontdesk/runtime';
import type { DecidedText } from './texts.ts';

/** What ingress tells of the texts that it took in, and of the wishes for no more that they say. */
export function textMetrics(): (texts: readonly DecidedText[]) => void {
  const texts = meter().createCounter('frontdesk_messaging_texts_in', {
    description: 'texts that came in, by carrier and by what took them; `desk` ones go to the conversation',
  });
  const optOuts = meter().createCounter('frontdesk_messaging_opt_outs', {
    description: 'wishes for no more texts, by how they came to be known',
  });
  return (decided) => {
    for (const { row, consent } of decided) {
      texts.add(1, { provider: row.provider, kind: row.handledBy ?? 'desk' });
      for (const { kind, source } of consent) if (kind === 'opt-out') optOuts.add(1, { source });
    }
  };
}

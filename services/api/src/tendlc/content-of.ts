import { contentWarnings, type ContentWarning } from '@frontdesk/messaging';
import type { ContentFinding, ContentOf } from '@frontdesk/numbers';

const kinds: Readonly<Record<ContentWarning['code'], ContentFinding['kind']>> = {
  'drug-name': 'forbidden',
  sex: 'forbidden',
  firearms: 'forbidden',
  cannabis: 'forbidden',
  gambling: 'forbidden',
  finance: 'forbidden',
  alcohol: 'age-restricted',
  tobacco: 'age-restricted',
  'link-shortener': 'shortener',
  bait: 'style',
  'all-capitals': 'style',
  'free-shouted': 'style',
  'many-marks': 'style',
};

const promisesWeightLoss = /weight/i;

/** What carriers do not take of these words, by the lists that every text is held against. */
export const contentOf: ContentOf = (fields) =>
  fields.flatMap(({ pointer, text }) =>
    contentWarnings(text).map(({ code, found, advice }) => ({
      pointer,
      kind: code === 'bait' && promisesWeightLoss.test(found) ? 'forbidden' : kinds[code],
      advice,
    })),
  );

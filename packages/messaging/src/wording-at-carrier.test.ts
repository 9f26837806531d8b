import { expect, it } from '@jest/globals';
import { wordingAtCarrier } from './wording-at-carrier.ts';

const clinicName = 'Glow’s Med Spa';

it.each([
  ['straightens punctuation from the usual number', 'It’s ready', false, "It's ready"],
  ['says who it is from a number that the person does not know', 'It’s ready', true, "Glow's Med Spa: It's ready"],
  ['says so once', 'glow’s med spa here: it’s ready', true, "glow's med spa here: it's ready"],
])('%s', (_what, body, isStandIn, words) => {
  expect(wordingAtCarrier(body, { isStandIn, clinicName })).toBe(words);
});

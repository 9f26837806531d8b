import { describe, expect, it } from '@jest/globals';
import { parsePersonAddress, parsePhoneNumber, present, whatsAppUser } from '@frontdesk/kernel';
import { whoWrote } from './who-wrote.ts';

const user = present(whatsAppUser('US.1349000000000001'), 'an id of WhatsApp');
const number = parsePhoneNumber('+15125550100');
const known = (address: string) => parsePersonAddress(address);

describe('who wrote on WhatsApp', () => {
  it.each([
    { told: 'a number', knownAs: null, taken: false, address: number, named: null },
    { told: 'a number that somebody has', knownAs: null, taken: true, address: number, named: null },
    { told: 'their number again', knownAs: '+15125550100', taken: true, address: number, named: null },
    { told: 'another number', knownAs: '+15125550199', taken: false, address: number, named: null },
    { told: 'a number at last', knownAs: user, taken: false, address: number, named: user },
    { told: 'somebody’s number at last', knownAs: user, taken: true, address: number, named: null },
  ])('with $told, known as $knownAs, is $address', ({ knownAs, taken, address, named }) => {
    const writer = { user, number, knownAs: knownAs === null ? null : known(knownAs), numberIsKnown: taken };
    expect(whoWrote(writer)).toEqual({ address, named });
  });

  it.each([
    { knownAs: null, address: user },
    { knownAs: user, address: user },
    { knownAs: '+15125550199', address: '+15125550199' },
  ])('without a number, known as $knownAs, is $address', ({ knownAs, address }) => {
    const writer = { user, number: null, knownAs: knownAs === null ? null : known(knownAs), numberIsKnown: false };
    expect(whoWrote(writer)).toEqual({ address, named: null });
  });
});

import { describe, expect, it } from '@jest/globals';
import { addressWords, parsePersonAddress, whatsAppUser } from './person-address.ts';

describe('where a person is reached', () => {
  it.each([
    ['(480) 555-0123', '+14805550123'],
    ['wa:US.1349000000000000', 'wa:US.1349000000000000'],
  ])('is read from %s', (text, address) => expect(parsePersonAddress(text)).toBe(address));

  it.each(['', 'anonymous', 'wa:', 'wa:14805550123', 'wa:us.1', 'US.1349000000000000', 'wa:US.1 or 2'])(
    'is not read from %j',
    (text) => expect(parsePersonAddress(text)).toBeNull(),
  );

  it.each([
    ['+14805550123', '(480) 555-0123'],
    ['+442071838750', '+442071838750'],
    ['wa:US.1349000000000000', 'on WhatsApp'],
  ])('is told of %s as %s', (address, words) => expect(addressWords(address)).toBe(words));

  it('is a user id of WhatsApp where there is no number', () => {
    expect(whatsAppUser('US.1349000000000000')).toBe('wa:US.1349000000000000');
    expect(whatsAppUser('15125550100')).toBeNull();
  });
});

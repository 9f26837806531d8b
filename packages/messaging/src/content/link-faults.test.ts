import { describe, expect, it } from '@jest/globals';
import { linkFaults } from './link-faults.ts';

const faults = (body: string) => linkFaults(body, ['radiance.example', 'book.partner.com']).map(({ code }) => code);

describe('links that a clinic may text', () => {
  it.each([
    'No link at all. See you at 2:30 p.m.',
    'Pay here: https://square.link/u/AbC123',
    'Pay here: https://checkout.square.site/merchant/1/checkout/2?x=1.',
    'Pay here: https://sandbox.square.link/u/AbC123',
    'Our page (https://www.radiance.example/aftercare) says it all',
    'Our page: radiance.example/aftercare',
    'https://forms.radiance.example/intake#top',
    'https://BOOK.partner.com/now',
    'Write to desk@gmail.com',
    'Great.So we are set.Me too',
    'It costs 5.50 or 1.5 ml',
  ])('%s', (body) => {
    expect(faults(body)).toEqual([]);
  });
});

describe('links that it may not', () => {
  it.each([
    ['https://bit.ly/3xYz', 'shortened'],
    ['Tap bit.ly/3xYz!', 'shortened'],
    ['www.tinyurl.com/abc', 'shortened'],
    ['HTTP://T.CO/abc', 'shortened'],
    ['https://partner.com/now', 'not-the-clinics'],
    ['evil-radiance.example.com', 'not-the-clinics'],
    ['https://notradiance.example/', 'not-the-clinics'],
    ['https://radiance.example@evil.com/x', 'not-the-clinics'],
    ['https://square.link.evil.com/u/1', 'not-the-clinics'],
    ['http://10.0.0.1/x', 'not-the-clinics'],
    ['http://radiance.example/', 'not-secure'],
    ['ftp://radiance.example/', 'not-secure'],
  ])('%s is %s', (body, code) => {
    expect(faults(body)).toEqual([code]);
  });

  it('are each named, with words for whoever wrote them', () => {
    expect(linkFaults('See bit.ly/a, or (https://evil.com/b).', [])).toEqual([
      { code: 'shortened', link: 'bit.ly/a', words: 'bit.ly/a is a shortened link: give the full address.' },
      {
        code: 'not-the-clinics',
        link: 'https://evil.com/b',
        words: 'https://evil.com/b is not a link of the clinic or of Square.',
      },
    ]);
  });
});

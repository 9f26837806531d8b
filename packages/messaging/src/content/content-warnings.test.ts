import { describe, expect, it } from '@jest/globals';
import { contentWarnings } from './content-warnings.ts';

const codes = (body: string) => contentWarnings(body).map(({ code }) => code);

describe('what carriers may hold back', () => {
  it.each([
    ['Your semaglutide refill is ready', 'drug-name'],
    ['OZEMPIC from $199', 'drug-name'],
    ['Ask about our GLP-1 program', 'drug-name'],
    ['A sexual wellness consult', 'sex'],
    ['Join us for wine and glow', 'alcohol'],
    ['Happy hour on Friday', 'alcohol'],
    ['Top gun discount', 'firearms'],
    ['Do not vape for a day', 'tobacco'],
    ['CBD facials are here', 'cannabis'],
    ['Win the jackpot', 'gambling'],
    ['We take bitcoin', 'finance'],
    ['Act now and save', 'bait'],
    ['See https://bit.ly/abc', 'link-shortener'],
    ['BOOK YOUR SPOT today', 'all-capitals'],
    ['Get a free!!! facial', 'free-shouted'],
    ['A FREE facial', 'free-shouted'],
    ['free consult!!', 'free-shouted'],
    ['Are you there???', 'many-marks'],
    ['Save $$$', 'many-marks'],
  ])('%s', (body, code) => {
    expect(codes(body)).toContain(code);
  });

  it.each([
    "You're booked: injectable visit at Radiance Medspa, Tue, Nov 24 at 2:30 PM MST with Dr. Lee. Address: 12 Main St, Phoenix, AZ 85004",
    'Hi, this is the virtual receptionist of Radiance Medspa. How can I help? Reply STOP to opt out.',
    'Reply HELP for help, STOP to stop.',
    'Feel free to text us. We are free at 3 PM!',
    'Essex Street, next to the gunsmith; ask for Ms. Wineland',
    'RN, NP and MD on site. BBL and IPL, USA',
    'The total is $50, refundable.',
  ])('does not trouble about: %s', (body) => {
    expect(contentWarnings(body)).toEqual([]);
  });

  it('is told with the words found and what to do', () => {
    expect(contentWarnings('Your Wegovy is here')).toEqual([
      {
        code: 'drug-name',
        found: 'Wegovy',
        advice: 'Do not name prescription drugs; speak of the visit or offer a consultation.',
      },
    ]);
  });
});

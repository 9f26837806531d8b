import { describe, expect, it } from '@jest/globals';
import { readConsent, readConsentOf } from './deposit-consent.ts';

describe('the answer to a deposit question', () => {
  it.each([
    'yes',
    'Yes!',
    'YES PLEASE',
    'yeah',
    'yep sounds good',
    'Sure',
    'sure thing',
    'ok',
    'Okay.',
    'k',
    'absolutely',
    'definitely!!',
    'Go ahead',
    "Let's do it",
    'Let’s do it',
    'proceed',
    "I'll pay the deposit",
    'I will pay it now',
    'No problem, yes',
    'no worries, send me the link',
    'Thanks, yes',
    'Perfect, send the link',
    'Sounds great. Thank you!',
    'That works for me',
    "That's fine",
    'book it',
    'Yes, book me in',
    'please hold my spot',
    'Of course',
    '👍',
    '👍🏽',
    "I'm happy to pay the deposit",
    'si por favor',
    'Yes. My email is on file',
    'Sí, por favor',
    '👍 yes',
    'yes pls',
    'ok thx',
    "Yes ma'am",
    "I'm ok with that",
    'That would be great, thanks!',
    'Go for it',
    'link please',
  ])('%s: goes on', (body) => expect(readConsent(body)).toBe('yes'));

  it.each([
    'no',
    'No thanks',
    'nope',
    'nah',
    "I don't want to pay a deposit",
    'I dont want to put a deposit',
    'not now',
    'no deposit please',
    "I won't pay that",
    'I’d rather not pay',
    'Not interested',
    "I can't do that",
    'never mind',
    'skip the deposit',
    "yes and no, I don't want to pay now",
    'I changed my mind',
    '👎',
  ])('%s: stops there', (body) => expect(readConsent(body)).toBe('no'));

  it.each([
    "I'm not sure about the deposit",
    'Okay but is the payment refundable?',
    'ok what is the deposit for?',
    'okay, is it refundable?',
    "I'll pay cash at the clinic",
    'is it ok if I pay when I arrive?',
    'yes but can I do it later this week',
    'yes if it is refundable',
    'maybe',
    'Maybe later',
    'yes? what deposit?',
    'ok I have a question',
    'yes I am a new patient and I need to talk to someone',
    'ok who is this',
    'sure if you waive it',
    'sure, but I will pay in person',
    'Can I pay the deposit tomorrow?',
    'is the deposit secure?',
    'hmm let me think about the deposit',
    'yes I guess, depends on the price',
    'ok let me ask my husband first',
    'How much is the deposit?',
    "sure, I'll pay when I get there",
    'ok is that the deposit',
    'ok can I pay',
  ])('%s: is asked again', (body) => expect(readConsent(body)).toBe('unclear'));

  it.each([
    'What should I wear?',
    'my name is Jane',
    'do you have parking?',
    '',
    '🙂',
    'yesterday I called you',
    'the surety company',
    'okra is my favorite',
    'I love Botox',
  ])('%s: says nothing to it', (body) => expect(readConsent(body)).toBe('unrelated'));

  it('is taken from several texts only when they agree', () => {
    expect(readConsentOf(['yes', 'where do I park?'])).toBe('yes');
    expect(readConsentOf(['yes', 'wait no, not now'])).toBe('unclear');
    expect(readConsentOf(['no', 'yes'])).toBe('unclear');
    expect(readConsentOf(['where are you?'])).toBe('unrelated');
    expect(readConsentOf([])).toBe('unrelated');
  });
});

import { describe, expect, it } from '@jest/globals';
import { splitText } from '../segments/split-text.ts';
import { introduceClinic, withoutNotice } from './introduce-clinic.ts';

const first = (body: string, ofClass: Parameters<typeof introduceClinic>[1]['ofClass'] = 'reply') =>
  introduceClinic(body, { clinicName: 'Radiance’s Medspa', ofClass });

describe('the first text to a person', () => {
  it('says who writes and how to end it', () => {
    expect(first('We are open until 6.')).toBe("Radiance's Medspa: We are open until 6. Reply STOP to opt out.");
  });

  it('ends the sentence before it, but no link', () => {
    expect(first('See you')).toBe("Radiance's Medspa: See you. Reply STOP to opt out.");
    expect(first('Pay: https://square.link/u/A1')).toMatch(/u\/A1 Reply STOP to opt out\.$/);
  });

  it('says where help is, too, when nobody had asked for it', () => {
    expect(first('Your visit is tomorrow.', 'reminder')).toMatch(/ Reply STOP to opt out, HELP for help\.$/);
    expect(first('Sorry we missed your call!', 'missed-call')).toMatch(/HELP for help\.$/);
  });

  it.each([
    "This is Radiance's Medspa. We are open. Text STOP to end.",
    "radiance's medspa: hello. Reply STOP to opt out.",
  ])('is left alone when it says both: %s', (body) => {
    expect(first(body)).toBe(body);
  });

  it('is not taken to say it by a word that happens to stop', () => {
    expect(first("Radiance's Medspa is at the last stop. Reply any time.")).toMatch(/Reply STOP to opt out\.$/);
  });

  it('says both in the first part when it becomes several texts', () => {
    const long = 'We are glad to help you with that. '.repeat(60).trim();
    const [part = '', ...more] = splitText(first(`${long} Radiance's Medspa. Reply STOP to end.`));
    expect(part).toMatch(/^Radiance's Medspa: Reply STOP to opt out\. We are glad/);
    expect(first(part)).toBe(part);
    expect(more).toHaveLength(1);
    expect(withoutNotice(part, 'reply')).toMatch(/^Radiance's Medspa: We are glad/);
  });

  it('is the same however often it is introduced', () => {
    const once = first('We are open.', 'marketing');
    expect(first(once, 'marketing')).toBe(once);
  });
});

describe('a text to a person who has had one before', () => {
  it('says nothing of how to end it', () => {
    expect(withoutNotice('See you. Reply STOP to opt out.', 'reply')).toBe('See you.');
    expect(withoutNotice('See you. Reply STOP to opt out, HELP for help.', 'reminder')).toBe('See you.');
  });

  it('says it each time when it is marketing', () => {
    const promotion = 'New in May. Reply STOP to opt out, HELP for help.';
    expect(withoutNotice(promotion, 'marketing')).toBe(promotion);
  });

  it('keeps whatever else is said of stopping', () => {
    const words = 'Reply STOP to opt out. Or call us.';
    expect(withoutNotice(words, 'reply')).toBe(words);
  });
});

import { describe, expect, it } from '@jest/globals';
import { classifyKeyword } from '../classify-keyword.ts';
import { valuesOfKinds } from '../whatsapp/template-values.ts';
import { offerFollowUpText, reminderText, reminderValues, type VisitInWords } from './scheduled-words.ts';

const visit: VisitInWords = {
  clinicName: 'Radiance Medspa',
  firstName: 'Ana',
  visitName: 'laser visit',
  startsAt: Temporal.Instant.from('2026-11-24T21:30:00Z'),
  timeZone: 'America/Phoenix',
  personZones: ['America/Phoenix', 'America/New_York'],
  address: '123 Main St, Scottsdale',
  clinicNumber: '+14805558888',
};

describe('a reminder', () => {
  it('says what, when in the clock of the place, where, and how to change it', () => {
    expect(reminderText(visit)).toBe(
      'Reminder from Radiance Medspa: your laser visit is Tue, Nov 24 at 2:30 PM MST. 123 Main St, Scottsdale. ' +
        'To change it, reply C or call (480) 555-8888.',
    );
  });

  it.each([
    [['America/Phoenix'], '2:30 PM.'],
    // The same clock on that day, under another name.
    [['America/Denver', 'America/Phoenix'], '2:30 PM.'],
    [['America/New_York'], '2:30 PM MST.'],
    [['America/Phoenix', 'America/Los_Angeles'], '2:30 PM MST.'],
  ])('names the clock unless a person in %j has the same', (personZones, words) => {
    expect(reminderText({ ...visit, personZones })).toContain(words);
  });

  it('follows the clock of that day, not of today', () => {
    const chicago = { ...visit, timeZone: 'America/Chicago', personZones: ['America/Chicago'] };
    const at = (instant: string) => reminderText({ ...chicago, startsAt: Temporal.Instant.from(instant) });
    expect(at('2026-10-31T15:00:00Z')).toContain('Sat, Oct 31 at 10:00 AM.');
    expect(at('2026-11-01T15:00:00Z')).toContain('Sun, Nov 1 at 9:00 AM.');
  });

  it('names the day by its date, which stays true when the text waits for the morning', () => {
    expect(reminderText(visit)).not.toMatch(/today|tomorrow|tonight/i);
  });

  it('asks for no answer that counts as STOP', () => {
    const [, answer] = /reply (\S+)/.exec(reminderText(visit)) ?? [];
    expect(answer).toBe('C');
    expect(classifyKeyword('C')).toBeNull();
    expect(classifyKeyword('c')).toBeNull();
    expect(reminderText(visit)).not.toMatch(/cancel|stop/i);
  });

  it('says the same by name, for a template', () => {
    const values = reminderValues(visit);
    expect(values).toEqual({
      clinic: 'Radiance Medspa',
      firstName: 'Ana',
      visit: 'laser visit',
      day: 'Tue, Nov 24',
      time: '2:30 PM MST',
      address: '123 Main St, Scottsdale',
      phone: '(480) 555-8888',
    });
    expect(Object.keys(values).toSorted()).toEqual(valuesOfKinds['visit-reminder'].toSorted());
    expect(reminderValues({ ...visit, firstName: null })).not.toHaveProperty('firstName');
  });

  it('takes the plain alphabet, one segment', () => {
    expect(reminderText(visit)).toMatch(/^[\x20-\x7e]{1,160}$/);
  });
});

describe('a follow-up on an offer', () => {
  it('names no time, which may be gone, and sells nothing', () => {
    expect(offerFollowUpText('Radiance Medspa')).not.toMatch(/\d|\$|%|offer|deal|discount/i);
  });
});

import { describe, expect, it } from '@jest/globals';
import { chooseTemplate, type ApprovedTemplate, type TextToSay } from './choose-template.ts';

const template = (name: string, change: Partial<ApprovedTemplate> = {}): ApprovedTemplate => ({
  id: name,
  provider: 'meta',
  account: 'waba-1',
  externalId: `id-of-${name}`,
  name,
  language: 'en_US',
  category: 'utility',
  kinds: ['visit-reminder'],
  body: 'Reminder: {{2}} at {{1}}',
  valueNames: ['time', 'day'],
  choices: [],
  approvedAt: Temporal.Instant.from('2026-11-01T00:00:00Z'),
  ...change,
});
const text: TextToSay = {
  class: 'reminder',
  kind: 'visit-reminder',
  values: { day: 'Tue, Nov 24', time: '2:30 PM', clinic: 'Radiance' },
  hasMedia: false,
  languages: ['en'],
};
const sender = { provider: 'meta', account: 'waba-1' } as const;
const chosen = (templates: ApprovedTemplate[], change: Partial<TextToSay> = {}) =>
  chooseTemplate({ ...text, ...change }, sender, templates)?.name ?? null;

describe('the template for a text', () => {
  it('says its values where they stand', () => {
    expect(chooseTemplate(text, sender, [template('plain')])).toEqual({
      id: 'plain',
      externalId: 'id-of-plain',
      name: 'plain',
      language: 'en_US',
      values: ['2:30 PM', 'Tue, Nov 24'],
      choices: [],
      body: 'Reminder: Tue, Nov 24 at 2:30 PM',
    });
  });

  it('gets each value on one line, as WhatsApp wants it', () => {
    const values = { day: ' Tue,\n\nNov   24', time: '2:30\tPM' };
    expect(chooseTemplate({ ...text, values }, sender, [template('plain')])?.values).toEqual([
      '2:30 PM',
      'Tue, Nov 24',
    ]);
  });

  it.each<[string, Partial<ApprovedTemplate>]>([
    ['is another provider’s', { provider: 'twilio' }],
    ['is another account’s', { account: 'waba-2' }],
    ['says another kind of text', { kinds: ['deposit-link'] }],
    ['is marketing', { category: 'marketing' }],
    ['speaks another language', { language: 'fr' }],
    ['says what the text has no value for', { valueNames: ['time', 'link'] }],
    ['says what nothing has', { valueNames: ['time', 'toString'] }],
  ])('is none that %s', (_, change) => {
    expect(chosen([template('unfit', change)])).toBeNull();
  });

  it('is none with an empty value, and none for a picture', () => {
    expect(chosen([template('plain')], { values: { day: ' ', time: '2:30 PM' } })).toBeNull();
    expect(chosen([template('plain')], { hasMedia: true })).toBeNull();
  });

  it('is none that would be too long with its values', () => {
    const day = (length: number) => ({ values: { day: 'x'.repeat(length), time: '2:30 PM' } });
    expect(chosen([template('plain')], day(1_003))).toBe('plain');
    expect(chosen([template('plain')], day(1_004))).toBeNull();
  });

  it('is marketing for marketing alone', () => {
    const both = [template('utility'), template('marketing', { category: 'marketing' })];
    expect(chosen(both, { class: 'marketing' })).toBe('marketing');
    expect(chosen(both, { class: 'reply' })).toBe('utility');
  });

  it('speaks the person’s language where there is one, else the clinic’s', () => {
    const both = [template('english'), template('spanish', { language: 'es_MX' })];
    expect(chosen(both, { languages: ['es', 'en'] })).toBe('spanish');
    expect(chosen(both, { languages: ['en'] })).toBe('english');
    expect(chosen([template('english')], { languages: ['es', 'en'] })).toBe('english');
  });

  it('is the one that says most, then the newest, whatever their order', () => {
    const short = template('short', { valueNames: ['time'], body: 'At {{1}}' });
    const older = template('older', { approvedAt: Temporal.Instant.from('2026-10-01T00:00:00Z') });
    const newer = template('newer');
    expect(chosen([short, older, newer])).toBe('newer');
    expect(chosen([newer, older, short])).toBe('newer');
    expect(chosen([short, older])).toBe('older');
  });

  it('is any of the provider where the sender has no account of its own', () => {
    const twilio = { provider: 'twilio', account: null } as const;
    expect(chooseTemplate(text, twilio, [template('t', { provider: 'twilio', account: 'AC1' })])?.name).toBe('t');
  });
});

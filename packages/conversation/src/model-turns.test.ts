import { describe, expect, it } from '@jest/globals';
import { newId } from '@frontdesk/kernel';
import { modelTurns } from './model-turns.ts';
import type { PastText, UnansweredText } from './turn.ts';

const text = (change: Partial<UnansweredText>): UnansweredText => ({
  id: newId(),
  seq: 1,
  body: '',
  hasCardNumber: false,
  choiceId: null,
  attachments: [],
  ...change,
});
const past = (change: Partial<PastText>): PastText => ({
  from: 'person',
  body: '',
  class: null,
  attachments: [],
  ...change,
});

const seen = (texts: UnansweredText[], history: PastText[] = []) =>
  modelTurns({ history, texts }, [])
    .flatMap(({ content }) => content as { text?: string }[]) // no step has tools here
    .map(({ text: words }) => words);

describe('what the model sees of a text', () => {
  it.each([
    ['nothing but a picture', { attachments: ['picture'] }, '[picture]'],
    ['a picture with words', { body: 'Is this Botox?', attachments: ['picture'] }, 'Is this Botox? [picture]'],
    ['several files', { attachments: ['picture', 'picture', 'video'] }, '[picture] [picture] [video]'],
    ['nothing at all', { body: '  ' }, '(blank message)'],
    ['words alone', { body: 'Hi' }, 'Hi'],
  ])('of %s is its words, and the name of what came with them', (_, change, words) => {
    expect(seen([text(change)])).toEqual([words]);
  });

  it('names the picture also where the words are left out', () => {
    const [card, health] = [
      text({ body: '[card ending 1111]', hasCardNumber: true, attachments: ['picture'] }),
      text({ body: 'is my swelling normal?', attachments: ['picture'] }),
    ].map((each) => seen([each])[0]);
    expect(card).toMatch(/^\(A card number.*\) \[picture\]$/);
    expect(health).toMatch(/^\(A personal health question.*\) \[picture\]$/);
  });

  it('names it later as well', () => {
    expect(seen([text({ body: 'And?' })], [past({ attachments: ['picture'] })])).toEqual(['[picture]', 'And?']);
  });
});

describe('the letter that a reminder asks for', () => {
  const reminder = past({
    from: 'desk',
    class: 'reminder',
    body: 'Your visit is Tue. To change it, reply C or call us.',
  });
  const spelledOut = 'C (I want to change or cancel my visit.)';

  it.each(['C', 'c', ' c. ', 'C!'])('is spelled out: %j', (body) => {
    expect(seen([text({ body })], [reminder]).at(-1)).toBe(spelledOut);
  });

  it('is spelled out later as well', () => {
    const later = seen([text({ body: 'And?' })], [reminder, past({ body: 'C' }), past({ from: 'desk', body: 'Sure' })]);
    expect(later).toContain(spelledOut);
  });

  it.each([
    ['C', [past({ from: 'desk', body: 'Would you like A, B or C?' })]],
    ['C', []],
    ['Can I come earlier?', [reminder]],
    ['C', [reminder, past({ body: 'What time?' }), past({ from: 'desk', body: '2:30 PM. Anything else?' })]],
  ])('is nothing else: %j after %#', (body, history) => {
    expect(seen([text({ body })], history).at(-1)).toBe(body);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { choiceContent } from './choice-content.ts';
import { numberedChoices } from '../carrier/numbered-choices.ts';
import { templateVariables } from './template-variables.ts';

const yesNo = [
  { id: 'keep', title: 'Keep' },
  { id: 'move', title: 'Move' },
];
const times = ['Tue 3 PM', 'Wed 9 AM', 'Wed 11 AM', 'Thu 2 PM'].map((title, n) => ({ id: `slot-${n}`, title }));

/** What the person sees, as Twilio fills the variables in. */
function shown(content: ReturnType<typeof choiceContent>): string {
  const values = content?.values ?? [];
  return JSON.stringify(content?.types).replaceAll(/\{\{(\d+)\}\}/g, (_, n: string) =>
    JSON.stringify(values[Number(n) - 1] ?? '').slice(1, -1),
  );
}

describe('a text with something to choose', () => {
  it('has up to three buttons', () => {
    const content = choiceContent({ body: 'Keep your visit?\nTue, 3 PM', choices: yesNo });
    expect(content).toMatchObject({
      types: {
        'twilio/quick-reply': {
          body: '{{1}}\n{{2}}',
          actions: [
            { type: 'QUICK_REPLY', title: '{{3}}', id: '{{4}}' },
            { type: 'QUICK_REPLY', title: '{{5}}', id: '{{6}}' },
          ],
        },
      },
      values: ['Keep your visit?', 'Tue, 3 PM', 'Keep', 'keep', 'Move', 'move'],
    });
  });

  it.each([
    ['more than three choices', times],
    ['a title that is too long for a button', [{ id: 'a', title: 'Tuesday, November 24' + '!' }]],
    ['a description', [{ id: 'a', title: 'Tue 3 PM', description: 'with Dr. Lee' }]],
  ])('has a list for %s', (_, choices) => {
    const content = choiceContent({ body: 'Which one?', choices });
    expect(Object.keys(content?.types ?? {})).toEqual(['twilio/list-picker']);
    for (const { title, id } of choices)
      expect(shown(content)).toContain(JSON.stringify({ item: title, id }).slice(1, -1));
  });

  it('goes by the same content as any text of its shape, which keeps nothing of what is said', () => {
    const one = choiceContent({ body: 'Keep your visit, Ana?', choices: yesNo });
    const other = choiceContent({
      body: '¿Confirmamos?',
      choices: [
        { id: 's', title: 'Sí' },
        { id: 'n', title: 'No' },
      ],
    });
    expect(one?.friendlyName).toBe(other?.friendlyName);
    expect(one?.types).toEqual(other?.types);
    expect(choiceContent({ body: 'Two\nlines', choices: yesNo })?.friendlyName).not.toBe(one?.friendlyName);
    expect(one?.friendlyName).toMatch(/^[a-z0-9_]{1,64}$/);
  });

  it('says every word, in values that a variable can hold', () => {
    const word = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 }).filter((each) => !/\s|[{}]/.test(each));
    const lines = fc.array(fc.array(word, { maxLength: 30 }), { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(lines, (said) => {
        const body = said
          .map((words) => words.join(' '))
          .join('\n')
          .trim();
        const content = choiceContent({ body, choices: yesNo });
        fc.pre(content !== null);
        expect(content.values.every(({ length }) => length > 0 && length <= 255)).toBe(true);
        const { body: told } = JSON.parse(shown(content))['twilio/quick-reply'] as { body: string }; // two buttons
        expect(told).toBe(body);
      }),
    );
  });

  it.each([
    ['nothing to choose', 'Hi', []],
    ['more than ten choices', 'Hi', Array.from({ length: 11 }, (_, n) => ({ id: String(n), title: String(n) }))],
    ['no words', '', yesNo],
    ['too many words', 'word '.repeat(300), yesNo],
    ['a word without an end', 'x'.repeat(300), yesNo],
  ])('is no content with %s', (_, body, choices) => {
    expect(choiceContent({ body, choices })).toBeNull();
  });

  it('is a numbered list in words where it cannot be a content', () => {
    expect(
      numberedChoices({
        body: 'Which one?',
        choices: [
          { id: 'a', title: 'Tue 3 PM', description: 'Dr. Lee' },
          { id: 'b', title: 'Wed' },
        ],
      }),
    ).toBe('Which one?\n\n1. Tue 3 PM (Dr. Lee)\n2. Wed');
    expect(numberedChoices({ body: 'Hi', choices: [] })).toBe('Hi');
    expect(numberedChoices({ body: '', choices: yesNo })).toBe('1. Keep\n2. Move');
  });
});

describe('the values of a template', () => {
  it('stand on one line each, without gaps, and are never empty', () => {
    expect(templateVariables(['Ana', 'Tue\n3 PM', 'a\t  b', ' '])).toEqual(['Ana', 'Tue 3 PM', 'a b', '-']);
  });
});

import { describe, expect, it } from '@jest/globals';
import { classifyKeyword } from '../src/index.ts';
import withTheRules from './wordings/written-with-the-rules.json' with { type: 'json' };
import withoutTheRules from './wordings/written-without-the-rules.json' with { type: 'json' };

/** A text as people write them, and what it has to be taken for; `none` is for the desk. */
type Wording = {
  text: string;
  expected: string;
  /** Says it in a way that no rule should try to catch: the conversation's model understands it. */
  leftToTheModel?: boolean;
};

const tables: Record<string, readonly Wording[]> = {
  'written by somebody who has not seen the rules': withoutTheRules,
  'written by those who know them': withTheRules,
};

describe.each(Object.entries(tables))('wordings %s', (_, wordings) => {
  it.each(wordings.filter(({ leftToTheModel }) => leftToTheModel !== true))(
    '$expected: $text',
    ({ text, expected }) => {
      expect(classifyKeyword(text)?.keyword ?? 'none').toBe(expected);
    },
  );

  it('half of them are innocent, so that a rule cannot win by stopping everybody', () => {
    const innocent = wordings.filter(({ expected }) => expected === 'none').length;
    expect(innocent / wordings.length).toBeGreaterThan(0.48);
  });
});

describe('what is left to the model', () => {
  it.each(withTheRules.filter(({ leftToTheModel }: Wording) => leftToTheModel === true))(
    'no rule takes it for anything: $text',
    ({ text }) => {
      expect(classifyKeyword(text)).toBeNull();
    },
  );
});

import { describe, expect, it } from '@jest/globals';
import { moveTemplate, templateStates, type TemplateEvent, type TemplateState } from './template.ts';
import { standingWords } from './template-words.ts';

describe('a template', () => {
  const said: TemplateEvent[] = ['submitted', 'approved', 'rejected', 'paused', 'disabled'];

  it.each<[TemplateState, TemplateEvent, TemplateState | null]>([
    ['draft', 'submit', 'submitted'],
    ['draft', 'retire', 'disabled'],
    ['draft', 'approved', null],
    ['submitted', 'submit', null],
    ['approved', 'submit', null],
    ['rejected', 'submit', null],
    ['rejected', 'approved', 'approved'],
    ['paused', 'approved', 'approved'],
    ['approved', 'paused', 'paused'],
    ['approved', 'retire', 'disabled'],
  ])('%s, %s: %s', (state, event, after) => {
    expect(moveTemplate(state, event)).toBe(after);
  });

  it('that was submitted is whatever the provider says', () => {
    for (const state of templateStates.filter((each) => each !== 'draft' && each !== 'disabled')) {
      expect(said.map((event) => moveTemplate(state, event))).toEqual(said);
    }
  });

  it('that is disabled is never anything else again', () => {
    for (const event of [...said, 'submit', 'retire'] as const) expect(moveTemplate('disabled', event)).toBeNull();
  });
});

describe('why a template may not be used', () => {
  it.each([
    ['PROMOTIONAL', /advertisement.*under another name/],
    ['INVALID_FORMAT', /form.*under another name/],
    ['The body repeats itself', /The body repeats itself\. Write it anew/],
    [null, /No reason was given\. Write it anew/],
  ])('is said of a rejection for %s, with what to do', (reason, words) => {
    expect(standingWords({ state: 'rejected', reason }, [])).toMatch(words);
  });

  it('holds what the provider told by itself, once', () => {
    const words = standingWords({ state: 'rejected', reason: 'SCAM' }, ['SCAM', 'Name the clinic.']);
    expect(words).toMatch(/fraud.*Name the clinic\./);
    expect(words).not.toContain('SCAM');
  });

  it('is said of a pause and of an end, and of nothing else', () => {
    expect(standingWords({ state: 'paused', reason: null }, [])).toContain('comes back by itself');
    expect(standingWords({ state: 'disabled', reason: null }, [])).toContain('another name');
    expect(standingWords({ state: 'approved', reason: null }, ['words'])).toBeNull();
  });
});

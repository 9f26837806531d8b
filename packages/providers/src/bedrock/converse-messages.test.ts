import { describe, expect, it } from '@jest/globals';
import type { AssistantContent, ModelTurn, UserContent } from '@frontdesk/conversation/ports';
import { PermanentFailure } from '@frontdesk/kernel';
import { blankWords, converseMessages, openingWords } from './converse-messages.ts';

const text = (words: string) => ({ kind: 'text' as const, text: words });
const patient = (...content: UserContent[]): ModelTurn => ({ role: 'user', content });
const desk = (...content: AssistantContent[]): ModelTurn => ({ role: 'assistant', content });
const call = (id: string): AssistantContent => ({
  kind: 'tool-call',
  call: { toolCallId: id, name: 'find_times', input: {} },
});
const result = (id: string): UserContent => ({
  kind: 'tool-result',
  toolCallId: id,
  result: { times: [] },
  isError: false,
});

const roles = (turns: ModelTurn[]) => converseMessages(turns).map(({ role }) => role);

describe('a history for Converse', () => {
  it('that begins with the text after a missed call gets an opening by the patient', () => {
    expect(converseMessages([desk(text('Sorry we missed you!')), patient(text('Hi'))])).toEqual([
      { role: 'user', content: [{ text: openingWords }] },
      { role: 'assistant', content: [{ text: 'Sorry we missed you!' }] },
      { role: 'user', content: [{ text: 'Hi' }] },
    ]);
  });

  it('alternates, with neighbouring turns of one side made one', () => {
    const turns = [
      patient(text('Hi')),
      patient(text('Botox?')),
      desk(text('Hello')),
      desk(text('Sure')),
      patient(text('2')),
    ];
    expect(roles(turns)).toEqual(['user', 'assistant', 'user']);
    expect(converseMessages(turns)[0]?.content).toEqual([{ text: 'Hi' }, { text: 'Botox?' }]);
  });

  it('answers calls in the very next message, results before words', () => {
    const messages = converseMessages([
      patient(text('Hi')),
      desk(call('a'), call('b')),
      patient(text('and Tuesday?'), result('b')),
      patient(result('a')),
    ]);
    expect(messages[2]?.content?.map((block) => block.toolResult?.toolUseId ?? block.text)).toEqual([
      'b',
      'a',
      'and Tuesday?',
    ]);
  });

  it('loses results whose calls were cut away', () => {
    expect(converseMessages([patient(result('gone')), desk(text('At two?')), patient(text('Yes'))])).toEqual([
      { role: 'user', content: [{ text: openingWords }] },
      { role: 'assistant', content: [{ text: 'At two?' }] },
      { role: 'user', content: [{ text: 'Yes' }] },
    ]);
  });

  it('says in words that a text was blank, and drops what the model left blank', () => {
    expect(converseMessages([patient(text('Hi')), desk(text(' ')), patient(text('  \n'))])).toEqual([
      { role: 'user', content: [{ text: 'Hi' }, { text: blankWords }] },
    ]);
  });

  it('marks failed results and wraps results that are not objects', () => {
    const failed: UserContent = { kind: 'tool-result', toolCallId: 'a', result: 'taken', isError: true };
    expect(converseMessages([patient(text('Hi')), desk(call('a')), patient(failed)])[2]?.content).toEqual([
      { toolResult: { toolUseId: 'a', content: [{ text: '"taken"' }], status: 'error' } },
    ]);
  });

  it.each([
    ['lacks a result', [patient(text('Hi')), desk(call('a'), call('b')), patient(result('a'))]],
    [
      'has its result too late',
      [patient(text('Hi')), desk(call('a')), patient(text('?')), desk(text('!')), patient(result('a'))],
    ],
    ['ends with the model', [patient(text('Hi')), desk(text('Hello'))]],
    ['is empty', []],
  ])('is refused when it %s', (_why, turns) => {
    expect(() => converseMessages(turns)).toThrow(PermanentFailure);
  });

  it('leaves the turns it was given as they were', () => {
    const turns = [patient(text('Hi')), patient(text('there'))];
    const before = structuredClone(turns);
    converseMessages(turns);
    expect(turns).toEqual(before);
  });
});

import { describe, expect, it } from '@jest/globals';
import { mayBeRevocation } from './may-be-revocation.ts';

describe('words that may mean no more texts', () => {
  it.each([
    'I want to cancel',
    'cancel my appointment',
    'This is getting annoying',
    "I'm not interested in that",
    'too many of these lately',
    'ya no me interesa la promoción',
  ])('%j holds marketing', (body) => {
    expect(mayBeRevocation(body)).toBe(true);
  });

  it.each([
    'What does a facial cost?',
    'Thursday at 3 works, thanks!',
    '¿Tienen citas el viernes?',
    'That is quite nice',
    'Could I borrow a parking pass?',
  ])('%j does not', (body) => {
    expect(mayBeRevocation(body)).toBe(false);
  });

  it.each(['STOP', 'stop texting me', 'START', 'help'])('%j is clear, and none of them', (body) => {
    expect(mayBeRevocation(body)).toBe(false);
  });
});

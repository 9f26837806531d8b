import { describe, expect, it } from '@jest/globals';
import { healthConcernOf } from './health.ts';

describe('a text about health', () => {
  it.each([
    "I can't breathe",
    'I can’t breathe right after my filler',
    'having trouble breathing',
    'my throat is closing',
    'my vision is blurry after botox',
    'I lost my vision in one eye',
    'severe pain in my cheek',
    'chest pain',
    "I can't see out of my left eye",
    "I can't see",
    'my lip turned white after filler',
    'it won’t stop bleeding',
    'I want to kill myself',
  ])('%s: is an emergency', (body) => expect(healthConcernOf(body)).toBe('emergency'));

  it.each([
    'Is my swelling normal after filler?',
    'Is it normal to bruise after lip filler?',
    'is my scar normal',
    'should I worry about this rash',
    'I am pregnant, can I get Botox?',
    "I'm breastfeeding, is botox ok?",
    'I take blood thinners',
    'can I take ibuprofen before my appointment',
    'my forehead is still sore',
    'I have a bump where you injected',
    'does this look infected',
    'Can I get filler while pregnant',
    'I have lupus',
    'do i have an infection',
  ])('%s: is for the clinic to answer', (body) => expect(healthConcernOf(body)).toBe('personal-question'));

  it.each([
    "I'm an existing client interested in weight loss",
    'I have been before, can I book botox',
    'Can I book a facial?',
    'Can I get Botox on Friday?',
    "I'm still deciding",
    "I'm investing in myself this year",
    'morning appointments',
    'best treatment option',
    'do you take medication insurance',
    'How much is a peel?',
    'how long is the downtime for a peel',
    'Does microneedling hurt?',
    'the lip injections please',
    '',
    '😀😀',
    'that is a pain to schedule',
    "I can't see the link",
    "I can't see any times on Tuesday",
    "it's hard to see you guys on weekdays",
    "Hi I'm Jane, does botox hurt?",
    'my appointment got bumped',
  ])('%s: is ordinary', (body) => expect(healthConcernOf(body)).toBe(null));
});

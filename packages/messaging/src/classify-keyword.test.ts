import { describe, expect, it } from '@jest/globals';
import { classifyKeyword } from './classify-keyword.ts';

const stop = { keyword: 'stop', source: 'keyword' };
const wantsToStop = { keyword: 'stop', source: 'free-wording' };

describe('a keyword that is the whole message', () => {
  it.each([
    'STOP',
    'stop',
    ' Stop. ',
    'Stop!!!',
    'STOP 🛑',
    '"stop"',
    'Please stop',
    'stop please',
    'pls STOP thanks',
    'STOP, thank you!',
    'stopall',
    'STOP ALL',
    'unsubscribe',
    'Unsubscribe please',
    'cancel',
    'Cancel.',
    'END',
    'quit',
    'revoke',
    'opt out',
    'Opt-out',
    'OPTOUT',
    'alto',
    'ALTO POR FAVOR',
    'Parar',
    'No más',
    'cancelar',
    'STOPPPP',
    'Stpo',
    'ubsubscribe',
    'S\u200bTOP',
  ])('stops the texts: %s', (body) => {
    expect(classifyKeyword(body)).toEqual(stop);
  });

  it.each(['help', 'HELP!', 'Help please', 'info', 'Info?', '🙏 help', 'AYUDA', '¿Ayuda?', 'Información'])(
    'asks for help: %s',
    (body) => {
      expect(classifyKeyword(body)).toEqual({ keyword: 'help', source: 'keyword' });
    },
  );

  it.each([
    'start',
    'START',
    'Please start',
    'unstop',
    'subscribe',
    'Subscribe, thanks',
    'opt in',
    'Empezar',
    'reanudar',
  ])('resumes: %s', (body) => {
    expect(classifyKeyword(body)).toEqual({ keyword: 'start', source: 'keyword' });
  });
});

describe('a clear wish for no more texts', () => {
  it.each([
    'stop texting me',
    'Please stop texting me!!',
    'Can you stop messaging me',
    'Quit texting me',
    'stop contacting me, this is harassment',
    'stop texting me or I will call my lawyer',
    'Stop sending me these messages',
    'stop sending texts',
    'stop the texts',
    'Stop all messages now',
    'stop it',
    'just stop',
    'I want to stop',
    "I'd like to opt out",
    'I want these texts to stop',
    'take me off your list',
    'Take me off',
    'please take my number off your texting list',
    'remove me from your list please',
    'Remove my number',
    'delete my number from your system',
    'lose my number',
    'no more texts',
    'No more messages please, thanks',
    'unsubscribe me',
    'How do I unsubscribe?',
    'opt me out',
    'I want to opt out of these messages',
    "don't text me",
    'Do not contact me again',
    "don't text me, call me instead",
    "I don't want your texts anymore",
    'I no longer wish to receive text messages',
    "I don't want to be contacted",
    'I revoke my consent',
    'leave me alone',
    'Leave me alone or I report you',
    'STOP. I never signed up for this',
    'Stop!\nSent from my iPhone',
    'stop stop stop',
    'you have the wrong number',
    'Sorry, wrong number',
    'Stop texting me at this number',
    'Stop calling and texting me',
    'Do not text or call me',
    "don't text or call this number anymore",
    'Do not send me any more texts',
    "don't send me messages",
    'stop sending me things',
    'please stop contacting',
    'no texts please',
    "don't text",
    'stop with the texts',
    'stop txt',
    'No. Stop',
    'no thanks, stop',
    'Not interested, please stop',
    'I no longer consent',
    'I do not consent to receive texts',
    'I do not want to receive texts from your clinic',
    'remove me from your contacts',
    'no me escriban',
    'No me escriban más, gracias',
    'no más mensajes',
    'ya no me manden mensajes',
    'dejen de escribirme',
    'no quiero recibir más mensajes',
    'quítenme de su lista',
    '🛑',
    '🛑✋',
  ])('counts as STOP in any wording: %s', (body) => {
    expect(classifyKeyword(body)).toEqual(wantsToStop);
  });
});

describe('a clear wish for the texts, or a question about them, and nothing else', () => {
  it.each([
    'Start texting me again',
    'please resume messages',
    'opt me back in',
    'quiero recibir sus mensajes de nuevo',
  ])('resumes: %s', (body) => {
    expect(classifyKeyword(body)).toEqual({ keyword: 'start', source: 'free-wording' });
  });

  it.each(['Why am I getting these texts?', 'who is texting me', '¿Quién me escribe?', 'How did you get my number??'])(
    'asks for help: %s',
    (body) => {
      expect(classifyKeyword(body)).toEqual({ keyword: 'help', source: 'free-wording' });
    },
  );

  it.each([
    'start texting me again and stop calling',
    'if you start texting me again I will sue',
    "don't resume the texts",
  ])('is no START when more is said: %s', (body) => {
    expect(classifyKeyword(body)?.keyword).not.toBe('start');
  });
});

describe('a text that only resembles a keyword', () => {
  it.each([
    'cancel my appointment',
    'Cancel my appointment for Friday',
    'I want to cancel',
    'can I cancel and come next week?',
    'End of the week works',
    'the weekend works',
    'end of day?',
    'Stop by tomorrow?',
    'Can I stop by at 3?',
    'I want to stop by tomorrow',
    'I can stop in after work',
    'Does the pain stop?',
    'when should I stop retinol before the peel',
    'do I have to stop taking aspirin?',
    "sorry, I'll stop texting now",
    "please don't stop texting me",
    'help me pick a day',
    'Can you help?',
    'info on botox',
    'more info please on the laser',
    'Start with a facial',
    'when can I start',
    'I want to start laser',
    'quit smoking laser?',
    'Do I need to quit smoking?',
    'Can I opt out of the deposit?',
    'revoke my card on file',
    'take me off the waitlist',
    'Take me off the schedule for Friday',
    'remove my tattoo',
    'can you remove my number and use 480 555 0123',
    "don't text me before 9",
    'Please don’t call me Sarah',
    'is this the right number?',
    'I did not mean to unsubscribe',
    'what happens if I unsubscribe?',
    'no more botox for me',
    'no more contact lenses for me',
    'Sorry, I gave you the wrong number',
    'did I call the wrong number?',
    "I don't consent to photos",
    "I'd love to go on, don't stop",
    "don't send me texts before 9",
    'stop sending it to my old address',
    'no text came through',
    'No more than $500',
    'yes please',
    'thank you',
    'please',
    'no',
    'el más alto',
    'quiero parar el dolor',
    '',
    '   ',
    '🙂',
    '!!!',
  ])('is for the desk: %s', (body) => {
    expect(classifyKeyword(body)).toBeNull();
  });
});

import type { Sender } from './sender.ts';

/**
 * What is to be done next for a sender.
 * - subscribe, register: the steps to Meta's Cloud API
 * - create: the step to Twilio
 * - look: see whether it still works, and how well
 * - leave: take it away from the provider
 */
export type SenderAct = 'subscribe' | 'register' | 'create' | 'look' | 'leave' | 'nothing';

/** A sender that is online stays so while its sign-up is renewed: our app is subscribed anew, and the number stays registered. */
export function nextAct({ provider, state, step }: Pick<Sender, 'provider' | 'state' | 'step'>): SenderAct {
  switch (state) {
    case 'failed':
      return 'nothing';
    case 'disconnected':
      return step === 'left' ? 'nothing' : 'leave';
    case 'online':
      return provider === 'meta' && step === 'asked' ? 'subscribe' : 'look';
    case 'connecting':
      return step === 'asked' ? (provider === 'meta' ? 'subscribe' : 'create') : connectingOn(provider, step);
  }
}

function connectingOn(provider: Sender['provider'], step: Sender['step']): SenderAct {
  return provider === 'meta' && step === 'subscribed' ? 'register' : 'look';
}

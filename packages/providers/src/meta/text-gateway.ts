import { assertMayLeave, FrontdeskError } from '@frontdesk/kernel';
import type { SendOutcome, TextGateway } from '@frontdesk/messaging/ports';
import type { ApiFailure } from '../carrier/api-failure.ts';
import { outcomeOf } from '../carrier/send-outcome.ts';
import { composeMessage } from './compose-message.ts';
import { classifyMetaError } from './error-classes.ts';
import { askGraph, fieldOf, textOf, type GraphSettings } from './graph.ts';

export type MetaNumberSettings = GraphSettings & {
  /** The business token for one of the clinics' numbers. */
  tokenOf: (phoneNumberId: string) => Promise<string>;
  /** Hears that Meta takes a token no more, so that the next one asked for is the newest. */
  forgetToken?: (phoneNumberId: string, token: string) => void;
};

/** Sends messages by Meta's Cloud API, one request per call. Meta knows no idempotency key, so nothing is repeated here. */
export function metaTextGateway({ tokenOf, forgetToken, ...settings }: MetaNumberSettings): TextGateway {
  const tokenFor = (phoneNumberId: string) => tokenOf(phoneNumberId).catch((error: unknown) => withoutToken(error));
  return {
    provider: 'meta',
    async send(text) {
      assertMayLeave('hand a message to Meta');
      if (text.mediaUrls.length > 1) return tooManyFiles;
      const token = await tokenFor(text.messagingProfileId);
      if (typeof token !== 'string') return token;
      const answer = await askGraph(settings, {
        method: 'POST',
        path: [text.messagingProfileId, 'messages'],
        token,
        json: composeMessage(text),
      });
      if (!answer.ok && forgetToken !== undefined && isTokenRefused(answer.failure)) {
        forgetToken(text.messagingProfileId, token);
        const newest = await tokenFor(text.messagingProfileId);
        if (typeof newest !== 'string') return newest;
        if (newest !== token) return { kind: 'retryable', code: tokenRefused, only: 'sender' };
      }
      return answer.ok ? acceptedBy(answer.body) : outcomeOf(answer.failure, classifyMetaError);
    },
    // Meta finds no message by anything; its receipt names the attempt.
    lookUp: () => Promise.resolve({ kind: 'cannot-tell' }),
  };
}

/** Meta's code for a token that has ended. */
const tokenRefused = '190';

const isTokenRefused = (failure: ApiFailure): boolean => failure.kind === 'answered' && failure.code === tokenRefused;

/** A message holds one file, and several messages would be several sends. */
const tooManyFiles: SendOutcome = {
  kind: 'refused',
  code: 'too-many-files',
  reason: 'WhatsApp takes one file with a message',
  optedOut: false,
};

function withoutToken(error: unknown): SendOutcome {
  const isFinal = error instanceof FrontdeskError && error.kind !== 'transient';
  if (!isFinal) return { kind: 'retryable', code: 'no-token', only: 'sender' };
  const reason = 'there is no token for the clinic’s WhatsApp number: connect it again';
  return { kind: 'refused', code: 'no-token', reason, optedOut: false };
}

function acceptedBy(body: unknown): SendOutcome {
  const messages = fieldOf(body, 'messages');
  const id = Array.isArray(messages) ? textOf(messages[0], 'id') : null;
  return id === null ? { kind: 'unknown', code: 'no-message-id' } : { kind: 'accepted', providerMessageId: id };
}

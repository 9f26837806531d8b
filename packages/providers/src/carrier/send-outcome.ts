import type { SendOutcome } from '@frontdesk/messaging/ports';
import type { ApiFailure } from './api-failure.ts';
import type { ClassifyError } from './error-classes.ts';

/** What a request without a good answer made of the text. */
export function outcomeOf(failure: ApiFailure, classify: ClassifyError): SendOutcome {
  if (failure.kind === 'not-sent') return { kind: 'retryable', code: failure.code };
  if (failure.kind === 'lost') return { kind: 'unknown', code: failure.code };
  const { status } = failure;
  const code = failure.code ?? `http-${status}`;
  const { kind, words, only, elsewhere, windowClosed, templateAtFault, noMarketing, notOnWhatsApp, pauseMs } = classify(
    status,
    failure.code,
  );
  const retryAfterMs = failure.retryAfterMs ?? pauseMs;
  switch (kind) {
    case 'unknown':
      return { kind, code };
    case 'retryable':
      return {
        kind,
        code,
        ...(retryAfterMs !== undefined && { retryAfterMs }),
        ...(only !== undefined && { only }),
      };
    case 'opted-out':
      return { kind: 'refused', code, reason: words, optedOut: true };
    case 'refused':
      return {
        kind,
        code,
        reason: words,
        optedOut: false,
        ...(elsewhere === true && { elsewhere }),
        ...(windowClosed === true && { windowClosed }),
        ...(templateAtFault === true && { templateAtFault }),
        ...(noMarketing === true && { noMarketing }),
        ...(notOnWhatsApp === true && { notOnWhatsApp }),
      };
  }
}

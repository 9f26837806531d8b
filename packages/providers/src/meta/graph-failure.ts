import { PermanentFailure, TransientFailure } from '@frontdesk/kernel';
import { classifyMetaError } from './error-classes.ts';
import { askGraph, type GraphFailure } from './graph.ts';

/**
 * As `askGraph`, for what may be asked again.
 * @throws TransientFailure, PermanentFailure with Meta's words
 */
export async function demandGraph(act: string, ...asked: Parameters<typeof askGraph>): Promise<unknown> {
  const answer = await askGraph(...asked);
  if (answer.ok) return answer.body;
  throw faultOf(act, answer.failure);
}

/** What is thrown when Meta gives no good answer. */
function faultOf(act: string, failure: GraphFailure): TransientFailure | PermanentFailure {
  if (failure.kind !== 'answered') return new TransientFailure(`Meta could not be asked to ${act}: ${failure.code}`);
  const { status, code, words: told } = failure;
  const { kind, words } = classifyMetaError(status, code);
  const reason = `Meta refused to ${act} (${code ?? `http-${status}`}): ${told ?? words}`;
  return kind === 'refused' ? new PermanentFailure(reason) : new TransientFailure(reason);
}

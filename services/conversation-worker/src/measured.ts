import type { Model, TurnRequest, TurnResult } from '@frontdesk/conversation';
import { meter } from '@frontdesk/runtime';

type TakeTurn = (request: TurnRequest) => Promise<TurnResult>;

const buckets = [0.1, 0.25, 0.5, 1, 2, 3, 4, 5, 7.5, 10, 12, 15, 20, 30];

/** The same turns, timed, with the wait until the person is quiet. */
export function measuredTurns(takeTurn: TakeTurn): TakeTurn {
  const seconds = meter().createHistogram('frontdesk_turn_seconds', {
    description: 'time of a turn, with the wait until the person is quiet, by how it ended',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  return async (request) => {
    const startedMs = performance.now();
    const told = (outcome: TurnResult | 'failed') =>
      seconds.record((performance.now() - startedMs) / 1_000, { outcome });
    try {
      const result = await takeTurn(request);
      if (result !== 'nothing') told(result);
      return result;
    } catch (error) {
      told('failed');
      throw error;
    }
  };
}

/** The same model, whose calls and tokens are counted. */
export function measuredModel<Asked extends Model>(model: Asked): Asked {
  const seconds = meter().createHistogram('frontdesk_model_call_seconds', {
    description: 'time of a call to the model, with its own retries',
    unit: 's',
    advice: { explicitBucketBoundaries: buckets },
  });
  const tokens = meter().createCounter('frontdesk_model_tokens', {
    description: 'tokens that the model read and wrote',
  });
  return {
    ...model,
    async answer(request) {
      const startedMs = performance.now();
      const told = (outcome: 'answered' | 'failed') =>
        seconds.record((performance.now() - startedMs) / 1_000, { outcome });
      try {
        const answer = await model.answer(request);
        told('answered');
        const { inputTokens, outputTokens, cacheReadTokens, cacheWriteTokens } = answer.usage;
        const read = {
          input: inputTokens,
          output: outputTokens,
          cache_read: cacheReadTokens,
          cache_write: cacheWriteTokens,
        };
        for (const [kind, count] of Object.entries(read)) tokens.add(count, { kind });
        return answer;
      } catch (error) {
        told('failed');
        throw error;
      }
    },
  };
}

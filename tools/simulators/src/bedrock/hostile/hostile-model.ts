import type { ConverseRequest, ModelReply, SimulatedModel } from '../converse-wire.ts';
import { friendlyModel } from '../friendly/friendly-model.ts';
import { readScene } from '../friendly/scene.ts';
import { toolCallId } from '../tool-call-id.ts';
import { mischiefs, type Mischief } from './mischief.ts';
import { choicesFrom } from './seeded-random.ts';

export type HostileOptions = {
  seed: number;
  /** How many of its answers are what a good model would say; 0.45 when unset. */
  goodShare?: number;
  /** What it may do wrong; everything when unset. */
  only?: readonly Mischief[];
};

/** In this share of turns it calls tools until somebody stops it. */
const loopingShare = 0.06;

/**
 * A model that does everything wrong that a model can. Its answers depend on the request and the seed alone, and some are
 * good, so that a patient gets through to a visit or to a person.
 */
export function hostileModel({ seed, goodShare = 0.45, only }: HostileOptions): SimulatedModel {
  // The names are the keys of the table.
  const names = only ?? (Object.keys(mischiefs) as Mischief[]);
  return (request) => {
    const good = friendlyModel(request);
    const { said, saidBefore, steps } = readScene(request.body);
    const mood = choicesFrom(seed, said, saidBefore.length).number();
    if (only === undefined && mood < loopingShare) return loop(request, steps.length);
    const choices = choicesFrom(seed, request.body.messages, request.body.system);
    if (choices.number() < goodShare) return good;
    const [first = 'says nothing', ...rest] = names;
    return mischiefs[choices.oneOf([first, ...rest])]({ request, good, choices });
  };
}

function loop(request: ConverseRequest, round: number): ModelReply {
  const name = round % 2 === 0 ? 'find_times' : 'look_up_facts';
  const input = name === 'find_times' ? {} : { question: `parking ${round}` };
  return { content: [{ toolUse: { toolUseId: toolCallId(request, 0), name, input } }], stopReason: 'tool_use' };
}

import type { SimulatedModel } from '../converse-wire.ts';

/** A model that does everything wrong that a model can, the same for the same request and seed. */
export function hostileModel(_options: { seed: number }): SimulatedModel {
  return () => ({ content: [], stopReason: 'end_turn' });
}

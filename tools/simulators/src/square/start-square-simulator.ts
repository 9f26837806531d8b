import type { SquareSimulator, SquareSimulatorOptions } from './types.ts';

export function startSquareSimulator(_options: SquareSimulatorOptions): Promise<SquareSimulator> {
  return Promise.reject(new Error('not built'));
}

import type { TelnyxSimulator, TelnyxSimulatorOptions } from './types.ts';

export function startTelnyxSimulator(_options: TelnyxSimulatorOptions = {}): Promise<TelnyxSimulator> {
  return Promise.reject(new Error('not built'));
}

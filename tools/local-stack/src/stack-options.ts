import type { ServiceName } from '@frontdesk/contracts';
import type { ClinicDefinition } from '@frontdesk/clinics';
import type { GivenParts } from './given-parts.ts';
import type { Environment, ProcessName } from './service-process.ts';
import type { ModelChoice } from './start-simulators.ts';

export type StackOptions = {
  /** The clinics that are seeded and whose numbers and Square accounts the simulators know; the demo clinic when left out. */
  clinics?: readonly ClinicDefinition[];
  /** Parts that run already; read from this process's environment when left out. */
  given?: GivenParts;
  /** The given database is migrated already, as a clone of a migrated template is. */
  migrated?: boolean;
  /** Tests give up durability for speed. */
  durable?: boolean;
  /** A process per service with queues between them, or one for all of them without. */
  mode?: 'services' | 'one-process';
  /** Which services to start, where each has a process; all when left out. */
  services?: readonly ServiceName[];
  /** Settings on top of the usual ones: of all services, or of one. */
  environment?: Partial<Record<ServiceName | 'all', Environment>>;
  /** Who answers at Bedrock. */
  model?: ModelChoice;
  paymentReturnUrl?: string;
  /** An OTLP/HTTP collector. */
  telemetryUrl?: string;
  readyWithinMs?: number;
  stopWithinMs?: number;
  onStep?: (step: StackStep) => void;
  onLog?: (service: ProcessName, line: string) => void;
};

/** A step of the start that is done. */
export type StackStep = {
  name: 'postgres' | 'migrations' | 'queues' | 'simulators' | 'clinics' | ProcessName;
  /** How it was done, in a few words; empty when there is nothing to say. */
  detail: string;
  ms: number;
};

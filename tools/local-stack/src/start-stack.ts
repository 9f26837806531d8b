import { services as allServices } from '@frontdesk/contracts';
import { startLocalIssuer, type LocalIssuer } from '@frontdesk/local-issuer';
import { demoClinic } from './demo-clinic.ts';
import { freePorts } from './free-port.ts';
import { readGivenParts, type DatabaseAddresses } from './given-parts.ts';
import { serviceEnvironments } from './service-environments.ts';
import type { ServiceProcess } from './service-process.ts';
import type { StackOptions, StackStep } from './stack-options.ts';
import { migrateAll, seedClinics, startDatabase } from './start-databases.ts';
import { noQueues } from './no-queues.ts';
import { startQueues } from './start-queues.ts';
import { startServices, type RunningServices } from './start-services.ts';
import { startSimulators, stopSimulators, type Simulators } from './start-simulators.ts';

export { noQueues } from './no-queues.ts';
export type { ServiceProcess } from './service-process.ts';
export type { StackOptions, StackStep } from './stack-options.ts';
export { readGivenParts, type GivenParts } from './given-parts.ts';

/** The whole system on this machine. */
export type Stack = RunningServices & {
  readonly database: DatabaseAddresses;
  /** `noQueues` when the desk runs in one process. */
  readonly sqsEndpoint: string;
  /** Where the providers' webhooks go. */
  readonly webhookUrl: string;
  readonly simulators: Simulators;
  /** Signs the tokens that the service `api` trusts. */
  readonly issuer: LocalIssuer;
  /** Ends everything, services first. */
  stop: () => Promise<void>;
};

/** Starts Postgres, the queues, the simulators and the services, each as soon as what it needs is there. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { clinics = [demoClinic], given = readGivenParts(process.env), onStep = () => {} } = options;
  const [ingressPort = 0, ...ports] = await freePorts(allServices.length);
  const webhookUrl = `http://127.0.0.1:${ingressPort}`;
  const closers: (() => Promise<unknown>)[] = [];
  const running: ServiceProcess[] = [];
  const stop = once(async () => {
    await Promise.all(running.map((service) => service.stop()));
    await Promise.all(closers.map((close) => close()));
  });
  const step = timer(onStep);

  const prepareDatabase = async () => {
    const database = await step('postgres', given.database === undefined ? 'embedded' : 'given', () =>
      startDatabase(given.database, options.durable ?? true),
    );
    closers.push(() => database.stop());
    if (options.migrated !== true) await step('migrations', '', () => migrateAll(database));
    const names = clinics.map(({ name }) => name).join(', ');
    await step('clinics', names, () => seedClinics(database.adminUrl, clinics));
    return database;
  };
  const prepareQueues = async () => {
    if (options.mode === 'one-process') return { endpoint: noQueues };
    const queues = await step('queues', given.sqsEndpoint === undefined ? 'emulator' : 'given', () =>
      startQueues(given.sqsEndpoint),
    );
    closers.push(() => queues.stop());
    return queues;
  };
  const prepareSimulators = async () => {
    const simulators = await step('simulators', 'Telnyx, Twilio, Meta, Square, Bedrock', () =>
      startSimulators(webhookUrl, clinics, options.model ?? 'friendly'),
    );
    closers.push(() => stopSimulators(simulators));
    return simulators;
  };
  const prepareIssuer = async () => {
    const issuer = await startLocalIssuer();
    closers.push(() => issuer.stop());
    return issuer;
  };

  try {
    const [database, queues, simulators, issuer] = await all([
      prepareDatabase(),
      prepareQueues(),
      prepareSimulators(),
      prepareIssuer(),
    ]);
    const environments = serviceEnvironments(
      {
        appUrl: database.appUrl,
        sqsEndpoint: queues.endpoint,
        webhookUrl,
        telnyx: simulators.telnyx,
        twilio: simulators.twilio,
        meta: simulators.meta,
        squareUrl: simulators.square.apiUrl,
        bedrockUrl: simulators.bedrock.url,
        issuer,
        paymentReturnUrl: options.paymentReturnUrl ?? `${webhookUrl}/health`,
        telemetryUrl: options.telemetryUrl,
      },
      given,
      process.env,
    );
    const { services, startInstance } = await startServices({
      ...options,
      ingressPort,
      ports,
      environments,
      onStarted: (service) => running.push(service),
      step,
    });
    return {
      database: {
        adminUrl: database.adminUrl,
        appUrl: database.appUrl,
        ...(database.operatorUrl !== undefined && { operatorUrl: database.operatorUrl }),
      },
      sqsEndpoint: queues.endpoint,
      webhookUrl,
      simulators,
      issuer,
      services,
      startInstance,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Like Promise.all, but waits for every part before it fails, so that what did start can be stopped. */
async function all<const Parts extends readonly Promise<unknown>[]>(
  parts: Parts,
): Promise<{ -readonly [N in keyof Parts]: Awaited<Parts[N]> }> {
  await Promise.allSettled(parts);
  return Promise.all(parts);
}

function timer(onStep: (step: StackStep) => void) {
  return async <T>(name: StackStep['name'], detail: string, work: () => Promise<T>): Promise<T> => {
    const startedAt = performance.now();
    const result = await work();
    onStep({ name, detail, ms: Math.round(performance.now() - startedAt) });
    return result;
  };
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

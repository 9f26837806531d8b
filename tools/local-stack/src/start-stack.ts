import { services as allServices, type ServiceName } from '@frontdesk/contracts';
import { demoClinic } from './demo-clinic.ts';
import { freePort, freePorts } from './free-port.ts';
import { readGivenParts, type DatabaseAddresses } from './given-parts.ts';
import { serviceEnvironments } from './service-environments.ts';
import { startService, type Environment, type ServiceProcess } from './service-process.ts';
import type { StackOptions, StackStep } from './stack-options.ts';
import { migrateAll, seedClinics, startDatabase } from './start-databases.ts';
import { startQueues } from './start-queues.ts';
import { startSimulators, stopSimulators, type Simulators } from './start-simulators.ts';

export type { ServiceProcess } from './service-process.ts';
export type { StackOptions, StackStep } from './stack-options.ts';
export { readGivenParts, type GivenParts } from './given-parts.ts';

/** The whole system on this machine. */
export type Stack = {
  readonly database: DatabaseAddresses;
  readonly sqsEndpoint: string;
  /** Where the providers' webhooks go. */
  readonly webhookUrl: string;
  readonly simulators: Simulators;
  /** The first process of each service that was asked for. */
  readonly services: Readonly<Record<ServiceName, ServiceProcess>>;
  /** One more process of a service, on a port of its own; stopped with the rest. */
  startInstance: (service: ServiceName, environment?: Environment) => Promise<ServiceProcess>;
  /** Ends everything, services first. */
  stop: () => Promise<void>;
};

/** Starts Postgres, the queues, the simulators and the services, each as soon as what it needs is there. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const { clinics = [demoClinic], given = readGivenParts(process.env), onStep = () => {} } = options;
  const wanted = options.services ?? allServices;
  const [ingressPort = 0, ...otherPorts] = await freePorts(allServices.length);
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
    const queues = await step('queues', given.sqsEndpoint === undefined ? 'emulator' : 'given', () =>
      startQueues(given.sqsEndpoint),
    );
    closers.push(() => queues.stop());
    return queues;
  };
  const prepareSimulators = async () => {
    const simulators = await step('simulators', 'Telnyx, Square, Bedrock', () =>
      startSimulators(webhookUrl, clinics, options.model ?? 'friendly'),
    );
    closers.push(() => stopSimulators(simulators));
    return simulators;
  };

  try {
    const [database, queues, simulators] = await all([prepareDatabase(), prepareQueues(), prepareSimulators()]);
    const environments = serviceEnvironments(
      {
        appUrl: database.appUrl,
        sqsEndpoint: queues.endpoint,
        webhookUrl,
        telnyx: simulators.telnyx,
        squareUrl: simulators.square.apiUrl,
        bedrockUrl: simulators.bedrock.url,
        paymentReturnUrl: options.paymentReturnUrl ?? `${webhookUrl}/health`,
        telemetryUrl: options.telemetryUrl,
      },
      given,
      process.env,
    );
    const run = async (name: ServiceName, port: number, changes: Environment = {}) => {
      const { all: ofAll = {}, [name]: ofOne = {} } = options.environment ?? {};
      const service = await startService({
        name,
        port,
        environment: { ...environments[name], ...ofAll, ...ofOne, ...changes },
        readyWithinMs: options.readyWithinMs ?? 30_000,
        stopWithinMs: options.stopWithinMs ?? 10_000,
        onLog: options.onLog,
      });
      running.push(service);
      return service;
    };
    const started = await all(
      wanted.map((name) => {
        const port = name === 'webhook-ingress' ? ingressPort : (otherPorts.pop() ?? 0);
        return step(name, `port ${port}`, () => run(name, port));
      }),
    );
    return {
      database: {
        adminUrl: database.adminUrl,
        appUrl: database.appUrl,
        ...(database.operatorUrl !== undefined && { operatorUrl: database.operatorUrl }),
      },
      sqsEndpoint: queues.endpoint,
      webhookUrl,
      simulators,
      services: byName(started),
      startInstance: async (name, environment) => run(name, await freePort(), environment),
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

/** A service that was not asked for has no process; whoever reaches for it is told so. */
function byName(started: readonly ServiceProcess[]): Record<ServiceName, ServiceProcess> {
  const services = {} as Record<ServiceName, ServiceProcess>; // each name is defined below
  for (const name of allServices) {
    Object.defineProperty(services, name, {
      enumerable: started.some((service) => service.name === name),
      get() {
        const service = started.find((each) => each.name === name);
        if (service === undefined) throw new Error(`${name} was not among the services to start`);
        return service;
      },
    });
  }
  return services;
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | null = null;
  return () => (done ??= work());
}

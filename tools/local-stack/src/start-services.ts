import { services as allServices, type ServiceName } from '@frontdesk/contracts';
import { freePort } from './free-port.ts';
import { startService, type Environment, type ProcessName, type ServiceProcess } from './service-process.ts';
import type { StackOptions } from './stack-options.ts';

export type RunningServices = {
  /** The first process of each service that was asked for; all the same one when the desk runs in one process. */
  services: Readonly<Record<ServiceName, ServiceProcess>>;
  startInstance: (service: ServiceName, environment?: Environment) => Promise<ServiceProcess>;
};

export type ServicesOptions = Pick<
  StackOptions,
  'mode' | 'services' | 'environment' | 'readyWithinMs' | 'stopWithinMs' | 'onLog'
> & {
  /** Where webhooks arrive. */
  ingressPort: number;
  /** For the other services. */
  ports: readonly number[];
  environments: Readonly<Record<ServiceName, Environment>>;
  /** Called with each process as it runs, so that it can be stopped whatever happens next. */
  onStarted: (process: ServiceProcess) => void;
  step: <T>(name: ProcessName, detail: string, work: () => Promise<T>) => Promise<T>;
};

/** Starts a process for each service that was asked for, or one for all of them. */
export async function startServices(options: ServicesOptions): Promise<RunningServices> {
  const { ingressPort, environment = {}, environments, step } = options;
  const run = async (name: ProcessName, port: number, settings: Environment, changes: Environment = {}) => {
    const service = await startService({
      name,
      port,
      environment: { ...settings, ...changes },
      readyWithinMs: options.readyWithinMs ?? 30_000,
      stopWithinMs: options.stopWithinMs ?? 10_000,
      onLog: options.onLog,
    });
    options.onStarted(service);
    return service;
  };
  const settingsOf = (name: ServiceName): Environment => ({
    ...environments[name],
    ...environment.all,
    ...environment[name],
  });

  if (options.mode === 'one-process') {
    const { AWS_ENDPOINT_URL: _, ...settings }: Environment = Object.assign({}, ...allServices.map(settingsOf));
    const desk = await step('all-in-one', `port ${ingressPort}`, () => run('all-in-one', ingressPort, settings));
    return {
      services: Object.fromEntries(allServices.map((name) => [name, desk])) as RunningServices['services'], // one each
      startInstance: async (_service, changes) => run('all-in-one', await freePort(), settings, changes),
    };
  }

  const wanted = options.services ?? allServices;
  const ports = options.ports.values();
  const starting = wanted.map((name) => {
    const port = name === 'webhook-ingress' ? ingressPort : (ports.next().value ?? 0);
    return step(name, `port ${port}`, () => run(name, port, settingsOf(name)));
  });
  await Promise.allSettled(starting); // so that what did start can be stopped
  return {
    services: byName(await Promise.all(starting)),
    startInstance: async (name, changes) => run(name, await freePort(), settingsOf(name), changes),
  };
}

/** A service that was not asked for has no process; whoever reaches for it is told so. */
function byName(started: readonly ServiceProcess[]): RunningServices['services'] {
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

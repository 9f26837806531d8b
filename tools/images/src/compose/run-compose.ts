import { fileURLToPath } from 'node:url';
import type { Image } from '../build/image.ts';
import { startContainer, type Container } from '../run/start-container.ts';
import type { ComposeFile, ComposeService } from './compose-file.ts';
import { inOrder } from './in-order.ts';
import { findPlaces } from './places.ts';
import { startAws, startPostgres, type StandIn } from './stand-ins.ts';

/** Not the container's: Node remembers compiled code between runs of the repository itself. */
const ofThisMachine = {
  NODE_COMPILE_CACHE: fileURLToPath(new URL('../../../../node_modules/.cache/node-compile', import.meta.url)),
};

export type RunComposeOptions = {
  file: ComposeFile;
  /** Called once per deployable. */
  imageOf: (deployable: string) => Promise<Image>;
  redis: StandIn;
};

export type RunningCompose = {
  /** Where a published port of a container is. */
  url: (service: string, port: number) => string;
  containers: ReadonlyMap<string, Container>;
  /** Stops services first and what they need last; the exit codes by name. Once, however often it is called. */
  stop: () => Promise<Record<string, number | null>>;
};

/** Starts what the file builds as processes of this machine, in the order and with the settings of the file. */
export async function runCompose({ file, imageOf, redis }: RunComposeOptions): Promise<RunningCompose> {
  const postgres = await startPostgres('frontdesk');
  const aws = await startAws();
  const places = await findPlaces(file, {
    'postgres:5432': postgres.port,
    'redis:6379': redis.port,
    'localstack:4566': aws.port,
  });
  const containers = new Map<string, Container>();
  const images = new Map<string, Promise<Image>>();
  const stopAll = async () => {
    const codes: Record<string, number | null> = {};
    for (const [name, container] of [...containers].toReversed()) codes[name] = await container.stop();
    await Promise.all([postgres.stop(), aws.stop()]);
    return codes;
  };
  let stopped: ReturnType<typeof stopAll> | undefined;
  const stop = () => (stopped ??= stopAll());

  const start = async (name: string, service: ComposeService, deployable: string) => {
    const image = await (images.get(deployable) ?? images.set(deployable, imageOf(deployable)).get(deployable));
    if (image === undefined) throw new Error(`there is no image of ${deployable}`);
    const container = startContainer({
      name,
      image,
      command: service.command,
      environment: {
        ...(image.built === null && ofThisMachine),
        ...places.translate(name, { ...image.environment, ...service.environment }),
      },
    });
    containers.set(name, container);
    if (isTask(service)) await container.untilExit();
    else await container.untilHealthy();
  };

  try {
    await inOrder(file, async (name, service) => {
      const deployable = service.build?.args.SERVICE;
      if (deployable !== undefined) await start(name, service, deployable);
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return { containers, stop, url: (service, port) => `http://127.0.0.1:${places.portOf(service, port)}` };
}

/** A container that does its work and leaves. */
export const isTask = ({ restart }: ComposeService): boolean => restart === 'no';

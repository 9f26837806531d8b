import { services, type ServiceName } from '@frontdesk/contracts';
import { fault, type Fault, type FaultInSteps } from '../fault.ts';
import type { Scene } from '../scene.ts';

/** One after the other. Few, since a message that was received ten times in vain goes to the dead letters. */
export type Failpoints = readonly [string, ...string[]];

/** A fault that kills a service. A test demands one for each failpoint that the services come by. */
export type DyingService = Fault & { readonly failpoints: Failpoints };

export type DyingScene = Scene & {
  /** Does what leads the service to its failpoints, sees it die at each, brings it back, and tells what came of it. */
  die<Answer>(provoke: () => Promise<Answer>): Promise<Answer>;
};

type Death = { service: ServiceName; failpoints: Failpoints };
type Steps<Arranged, Injected> = Pick<
  FaultInSteps<Arranged, Injected>,
  'name' | 'injects' | 'holds' | 'arrange' | 'mustHold'
> & { inject: (scene: DyingScene, arranged: Arranged) => Promise<Injected> };

export function dying<Injected, Arranged = undefined>(
  death: Death,
  { inject, ...steps }: Steps<Arranged, Injected>,
): DyingService {
  return {
    failpoints: death.failpoints,
    ...fault<Injected, Arranged>({
      ...steps,
      group: 'a service that dies',
      reach: 'one service',
      turnOf: turnOf(death.service),
      inject: (scene, arranged) => inject({ ...scene, die: (provoke) => die(scene, death, provoke) }, arranged),
    }),
  };
}

/**
 * Services die side by side, each of one thing after the other. Only messaging-worker dies when the others are done: of
 * the texts that it has in hand nobody can know what became of them.
 */
const turnOf = (service: ServiceName) => (service === 'messaging-worker' ? services : [service]);

async function die<Answer>(
  { desk }: Scene,
  { service, failpoints: [first, ...others] }: Death,
  provoke: () => Promise<Answer>,
): Promise<Answer> {
  const process = desk.services[service];
  const diesAt = async (failpoint: string) => {
    const { signal } = await process.untilExit();
    if (signal !== 'SIGKILL') throw new Error(`${service} did not die at ${failpoint}, but of ${signal}`);
  };
  await process.arm(first);
  const provoked = provoke();
  provoked.catch(() => {}); // awaited below
  await diesAt(first);
  for (const failpoint of others) {
    await process.arm(failpoint);
    await diesAt(failpoint);
  }
  await process.restart();
  return provoked;
}

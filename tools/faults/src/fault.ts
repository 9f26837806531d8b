import type { Scene } from './scene.ts';

/** What the fault strikes, in the order in which the page and the report show it. */
export const groups = [
  'a service that dies',
  'the processes',
  'the database',
  'the queues',
  'the carrier',
  'the webhooks',
  'the model',
  'Square',
  'consent',
  'the walls between clinics',
  'alarms on Redis',
] as const;

/**
 * Who feels it. Faults of one patient happen side by side; deaths of different services too; what strikes the whole desk
 * happens alone, while other patients text, call, pay and leave.
 */
export type Reach = 'one patient' | 'one service' | 'the whole desk';

/** Something that goes wrong, and what must be so all the same when it is over. */
export type Fault = {
  /** In words that a file name could have. */
  readonly name: string;
  readonly group: (typeof groups)[number];
  readonly injects: string;
  /** Besides what always must hold: causes = effects, in the rows and at the providers. */
  readonly holds: string;
  readonly reach: Reach;
  /** Of those who share a name here, one happens after the other, also where others happen side by side. */
  readonly turnOf?: readonly string[];
  /** Left to long runs, since it takes long or much of the machine. */
  readonly longRunsOnly?: true;
  /** Why it cannot be injected on this machine; null when it can. */
  readonly cannotRun?: () => string | null;
  /** Makes it happen. The answer is what must hold once the desk is at rest again; it throws when it does not. */
  strike(scene: Scene): Promise<() => Promise<void>>;
};

export type FaultInSteps<Arranged, Injected> = Omit<Fault, 'strike'> & {
  /** What must be so before: a patient with a link, say. */
  arrange?: (scene: Scene) => Promise<Arranged>;
  inject: (scene: Scene, arranged: Arranged) => Promise<Injected>;
  mustHold?: (scene: Scene, injected: Injected) => Promise<void> | void;
};

export function fault<Injected, Arranged = undefined>(steps: FaultInSteps<Arranged, Injected>): Fault {
  const { arrange, inject, mustHold, ...rest } = steps;
  return {
    ...rest,
    async strike(scene) {
      const arranged = (await arrange?.(scene)) as Arranged; // undefined is its type when nothing is arranged
      const injected = await inject(scene, arranged);
      return async () => mustHold?.(scene, injected);
    },
  };
}

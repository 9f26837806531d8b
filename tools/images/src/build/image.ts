import type { Step } from '../dockerfile/stage.ts';

/** What a build leaves: a folder in place of the container's file system, and how its process starts. */
export type Image = ImageDescription & {
  deployable: string;
  /** The working directory, as a folder of this machine. */
  folder: string;
  /** Where below it the deployable is. */
  deployablePath: string;
  /** What stands for `/` of the container and holds only what the build put there; null when nothing was built. */
  built: { root: string } | null;
};

export type ImageDescription = {
  environment: Readonly<Record<string, string>>;
  entrypoint: readonly string[];
  command: readonly string[];
  healthCheck: readonly string[] | null;
  /** The numeric user and group. */
  user: { uid: number; gid: number };
  port: number;
};

/** What the last stage says of the process. */
export function describeImage(steps: readonly Step[]): ImageDescription {
  const all = <Kind extends Step['kind']>(kind: Kind) =>
    steps.filter((step): step is Extract<Step, { kind: Kind }> => step.kind === kind);
  const [uid = 0, gid = 0] = (all('user').at(-1)?.user ?? '0:0').split(':').map(Number);
  return {
    environment: Object.assign({}, ...all('env').map(({ entries }) => entries)) as Record<string, string>, // of strings
    entrypoint: all('entrypoint').at(-1)?.command ?? [],
    command: all('cmd').at(-1)?.command ?? [],
    healthCheck: all('healthcheck').at(-1)?.command ?? null,
    user: { uid, gid },
    port: all('expose').at(-1)?.port ?? 0,
  };
}

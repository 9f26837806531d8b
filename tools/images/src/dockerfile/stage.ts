/** A stage of a Dockerfile, as plain data. */
export type Stage = {
  /** The name after AS, or the number of the stage. */
  name: string;
  /** An image, or the name of an earlier stage. */
  base: string;
  steps: readonly Step[];
};

export type Step =
  | { kind: 'arg'; name: string; value: string | null }
  | { kind: 'env'; entries: Readonly<Record<string, string>> }
  | { kind: 'workdir'; path: string }
  | { kind: 'copy'; from: string | null; sources: readonly string[]; destination: string }
  | { kind: 'run'; command: string; cacheMounts: readonly CacheMount[] }
  | { kind: 'user'; user: string }
  | { kind: 'expose'; port: number }
  | { kind: 'stopsignal'; signal: string }
  | { kind: 'healthcheck'; command: readonly string[] }
  | { kind: 'entrypoint'; command: readonly string[] }
  | { kind: 'cmd'; command: readonly string[] };

/** A folder that outlives the build and is no part of the image. */
export type CacheMount = { id: string; target: string };

export type ParsedDockerfile = {
  /** What stands before the first FROM. */
  globalArguments: Readonly<Record<string, string>>;
  stages: readonly Stage[];
};

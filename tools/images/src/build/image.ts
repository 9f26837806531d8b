/** What a build leaves: a folder in place of the container's file system, and how its process starts. */
export type Image = {
  deployable: string;
  /** Stands for `/` of the container; holds only what the build put there. */
  root: string;
  /** A folder of the container, as `/frontdesk`. */
  workingDirectory: string;
  environment: Readonly<Record<string, string>>;
  entrypoint: readonly string[];
  command: readonly string[];
  healthCheck: readonly string[] | null;
  /** The numeric user and group. */
  user: { uid: number; gid: number };
  port: number;
};

import { withDependencies, type Workspace } from './workspace.ts';

/** Files that make every image, or decide what is in it. */
const ofEveryImage =
  /^(Dockerfile|\.dockerignore|package\.json|pnpm-workspace\.yaml|tools\/images\/trim-libraries\.sh|tools\/(authorities|patches)\/.*)$/;
const migrations = /^migrations\/.*\.sql$/;
const lockfile = 'pnpm-lock.yaml';

export type Change = {
  /** Paths from the root of the repository. */
  files: readonly string[];
  /** Whether an image could get the file: what .dockerignore leaves. */
  reachesImages: (file: string) => boolean;
  /** The packages whose own files or libraries turbo says are affected, tests included. */
  affected: () => readonly string[];
};

export type Deployable = { name: string; workspace: string };

/** The deployables whose image would be another one. Tests, docs and tools of development change no image. */
export function changedDeployables(
  deployables: readonly Deployable[],
  workspaces: readonly Workspace[],
  { files, reachesImages, affected }: Change,
): string[] {
  if (files.some((file) => ofEveryImage.test(file))) return deployables.map(({ name }) => name);
  const sources = files.filter(reachesImages);
  const libraries = files.includes(lockfile) ? affected() : [];
  const isChanged = ({ name, workspace }: Deployable): boolean =>
    libraries.includes(workspace) ||
    (name === 'migrate' && files.some((file) => migrations.test(file))) ||
    withDependencies(workspace, workspaces).some(({ folder }) => sources.some((file) => file.startsWith(`${folder}/`)));
  return deployables.filter(isChanged).map(({ name }) => name);
}

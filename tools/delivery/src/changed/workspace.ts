import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** A package of the repository and the packages of the repository that run with it. */
export type Workspace = { name: string; folder: string; dependsOn: readonly string[] };

const manifestSchema = z.object({ name: z.string(), dependencies: z.record(z.string(), z.string()).default({}) });

/** All packages, with what they need when they run; what only their tests need is left out. */
export function readWorkspaces(repository: string): Workspace[] {
  return ['services', 'packages', 'tools'].flatMap((group) =>
    readdirSync(join(repository, group), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap((entry) => {
        const folder = `${group}/${entry.name}`;
        const manifest = readManifest(join(repository, folder, 'package.json'));
        return manifest === null ? [] : [{ ...manifest, folder }];
      }),
  );
}

function readManifest(path: string): Omit<Workspace, 'folder'> | null {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return null; // a folder that is no package
  }
  const { name, dependencies } = manifestSchema.parse(JSON.parse(text));
  const ours = Object.entries(dependencies).filter(([, version]) => version.startsWith('workspace:'));
  return { name, dependsOn: ours.map(([dependency]) => dependency) };
}

/** The package and all that run with it. */
export function withDependencies(name: string, workspaces: readonly Workspace[]): Workspace[] {
  const found = new Map<string, Workspace>();
  const visit = (each: string): void => {
    const workspace = workspaces.find((candidate) => candidate.name === each);
    if (workspace === undefined || found.has(each)) return;
    found.set(each, workspace);
    for (const dependency of workspace.dependsOn) visit(dependency);
  };
  visit(name);
  return [...found.values()];
}

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { deployablesOf } from '@frontdesk/images';
import { changedDeployables, type Deployable } from './changed-deployables.ts';
import { planDeployment } from './plan-deployment.ts';
import { readChange } from './read-change.ts';
import { readWorkspaces } from './workspace.ts';

const repository = join(import.meta.dirname, '..', '..', '..', '..');
const workspaces = readWorkspaces(repository);

const { since, deployment } = new Command('changed')
  .description('Says which deployables have another image than at a commit, as outputs of a workflow.')
  .requiredOption('--since <git ref>', 'what runs now; a reference that git does not know means: everything')
  .option('--deployment', 'which services to deploy to AWS, and which images they need')
  .parse()
  .opts();

const deployables = deployablesOf(repository).map((name): Deployable => ({ name, workspace: workspaceOf(name) }));
const changed = isKnown(since)
  ? changedDeployables(deployables, workspaces, readChange(repository, since))
  : deployables.map(({ name }) => name);
const outputs = deployment === true ? planDeployment(changed) : { deployables: changed };
for (const [name, value] of Object.entries(outputs)) console.log(`${name}=${JSON.stringify(value)}`);

function workspaceOf(deployable: string): string {
  const found = workspaces.find(({ folder }) => [`services/${deployable}`, `tools/${deployable}`].includes(folder));
  if (found === undefined) throw new Error(`there is no deployable ${deployable}`);
  return found.name;
}

/** Before the first deployment there is nothing to compare with. */
function isKnown(reference: string): boolean {
  return (
    spawnSync('git', ['rev-parse', '--verify', '--quiet', `${reference}^{commit}`], { cwd: repository }).status === 0
  );
}

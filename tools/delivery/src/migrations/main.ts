import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from '@commander-js/extra-typings';
import { judgeChange } from './judge-change.ts';
import { judgeMigration } from './judge-migration.ts';

const repository = join(import.meta.dirname, '..', '..', '..', '..');
const pattern = 'migrations/*.sql';
const git = (...words: string[]) =>
  execFileSync('git', words, { cwd: repository, encoding: 'utf8' }).split('\n').filter(Boolean);

const { since } = new Command('migrations')
  .description('Refuses migrations that a running release would stumble over.')
  .option('--since <git ref>', 'the branch that the change goes to: what is there is never edited')
  .parse()
  .opts();

const faults = globSync(pattern, { cwd: repository })
  .toSorted()
  .flatMap((file) => judgeMigration(file, readFileSync(join(repository, file), 'utf8')));
if (since !== undefined) {
  const changes = git('diff', '--name-status', '--no-renames', `${since}...HEAD`, '--', pattern).map((line) => {
    const [status = '', file = ''] = line.split('\t');
    return { status, file };
  });
  faults.push(...judgeChange(changes, git('ls-tree', '--name-only', since, 'migrations/')));
}
for (const { file, line, reason } of faults) console.error(`${file}:${line} ${reason}`);
console.log(
  faults.length === 0
    ? 'The migrations may run while the release before them serves.'
    : 'See docs/deployment.md, "Migrations".',
);
process.exitCode = faults.length === 0 ? 0 : 1;

import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ECSClient } from '@aws-sdk/client-ecs';
import { z } from 'zod';
import type { Environment } from '../environments.ts';
import type { Plan, Step } from './plan.ts';
import { migrationTaskSchema, runMigrations } from './run-migrations.ts';

const folder = join(import.meta.dirname, '..', '..');

/** Does what the plan says, one step after the other. The first that fails is the last. */
export async function carryOut({ steps }: Plan, environment: Environment): Promise<void> {
  for (const step of steps) await doStep(step, environment);
}

async function doStep(step: Step, { region }: Environment): Promise<void> {
  switch (step.what) {
    case 'deploy':
      return run(step.command);
    case 'migrate': {
      const written = readFileSync(join(folder, 'cdk.out', `${step.stack}.outputs.json`), 'utf8');
      const { [step.stack]: task } = z.record(z.string(), migrationTaskSchema).parse(JSON.parse(written));
      if (task === undefined) throw new Error(`${step.stack} said nothing of its task`);
      const ecs = new ECSClient({ region });
      try {
        return await runMigrations(ecs, task);
      } finally {
        ecs.destroy();
      }
    }
  }
}

function run([program = '', ...words]: readonly string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(join(folder, 'node_modules', '.bin', program), words, { cwd: folder, stdio: 'inherit' });
    child.once('error', reject);
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`${program} ${words.slice(0, 2).join(' ')} ended with ${code ?? 'a signal'}`));
    });
  });
}

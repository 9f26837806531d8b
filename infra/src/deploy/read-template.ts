import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { buildApp } from '../app.ts';
import type { Environment } from '../environments.ts';
import { Refused } from './request.ts';
import type { StackTemplate } from './template-difference.ts';

const templateSchema = z.object({
  Resources: z.record(
    z.string(),
    z.looseObject({ Type: z.string(), Properties: z.record(z.string(), z.unknown()).default({}) }),
  ),
});

/** The template of a stack as the code says it now. Its rules are checked by the tests, and again by `cdk deploy`. */
export function synthesiseTemplate(stack: string, environment: Environment): StackTemplate {
  const outdir = mkdtempSync(join(tmpdir(), 'frontdesk-deploy-'));
  try {
    buildApp(environment, { outdir, checked: false }).synth();
    return parse(readFileSync(join(outdir, `${stack}.template.json`), 'utf8'));
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

/** The template of an earlier synthesis: a file, or the one of the stack in a folder. */
export function readTemplate(path: string, stack: string): StackTemplate {
  try {
    const file = statSync(path).isDirectory() ? join(path, `${stack}.template.json`) : path;
    return parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Refused(
      'used wrongly',
      `${path} holds no template of ${stack}: give a cdk.out folder or a template with --against`,
    );
  }
}

const parse = (text: string): StackTemplate => templateSchema.parse(JSON.parse(text));

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildApp } from '../../src/app.ts';
import { environments, type EnvironmentName } from '../../src/environments.ts';
import { stackName } from '../../src/support/stack.ts';

/** All stacks of an environment, synthesised once, and their templates by the name of the part. */
export type Synthesised = { readonly app: App; template(part: string): Template; templates(): Template[] };

export function synthesise(name: EnvironmentName = 'production'): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), 'frontdesk-infra-'));
  const app = buildApp(environments[name], { outdir });
  const templates = new Map<string, Template>();
  const template = (part: string) => {
    const stack = app.node.findChild(stackName(name, part));
    const known = templates.get(part);
    if (known !== undefined) return known;
    if (!Stack.isStack(stack)) throw new Error(`${part} is not a stack`);
    const made = Template.fromStack(stack);
    templates.set(part, made);
    return made;
  };
  app.synth();
  rmSync(outdir, { recursive: true });
  const parts = app.node.children.filter((child) => Stack.isStack(child)).map((child) => child.node.id);
  return { app, template, templates: () => parts.map((id) => template(id.slice(`frontdesk-${name}-`.length))) };
}

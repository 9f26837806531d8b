import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Stack, type App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { buildApp } from '../../src/app.ts';
import { environments, type EnvironmentName } from '../../src/environments.ts';
import { stackName } from '../../src/support/stack.ts';

export type Synthesised = {
  readonly app: App;
  /** Of a part, such as `queues` or `payments`. */
  template(part: string): Template;
  templates(): Template[];
};

/** All stacks of an environment. When `checked`, it fails on what CloudFormation's schemas or cdk-nag find wrong. */
export function synthesise(name: EnvironmentName, { checked }: { checked: boolean }): Synthesised {
  const outdir = mkdtempSync(join(tmpdir(), 'frontdesk-infra-'));
  const app = buildApp(environments[name], { outdir, checked });
  app.synth();
  const stacks = app.node.children.filter((child) => Stack.isStack(child));
  const templates = new Map(stacks.map((stack) => [stack.node.id, Template.fromStack(stack)]));
  rmSync(outdir, { recursive: true });
  return {
    app,
    template(part) {
      const found = templates.get(stackName(name, part));
      if (found === undefined) throw new Error(`there is no stack ${part}`);
      return found;
    },
    templates: () => [...templates.values()],
  };
}

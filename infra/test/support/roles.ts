import type { Template } from 'aws-cdk-lib/assertions';
import type { makeResolve } from './resolve.ts';

/** What a role may do: each action with the resources that it may be done to. */
export type Rights = Record<string, string[]>;

type Statement = { Action: string | string[]; Resource: unknown; Effect: string };

/** The rights of a role, by the beginning of its policy's id. Fails when anything but its one policy gives it rights. */
export function rightsOf(
  template: Template,
  role: 'TaskRole' | 'StartRole',
  resolve: ReturnType<typeof makeResolve>,
): Rights {
  const policies = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'));
  const inline = Object.keys(template.findResources('AWS::IAM::Policy'));
  if (inline.length > 0) throw new Error(`rights are given inline too: ${inline.join()}`);
  const own = policies.filter(([id]) => id.startsWith(`${role}Policy`));
  const rights: Rights = {};
  for (const [, { Properties }] of own) {
    for (const { Action, Resource, Effect } of Properties.PolicyDocument.Statement as Statement[]) {
      if (Effect !== 'Allow') continue;
      for (const action of [Action].flat()) {
        const resources = [resolve(template, Resource)].flat().map(String);
        rights[action] = [...new Set([...(rights[action] ?? []), ...resources])].toSorted();
      }
    }
  }
  return Object.fromEntries(Object.entries(rights).toSorted(([a], [b]) => a.localeCompare(b)));
}

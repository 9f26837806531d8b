import { ManagedPolicy, Role, type IPrincipal, type IRole, type PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import { acceptFindings } from './accept-findings.ts';

export type RoleOptions = {
  principal: IPrincipal;
  statements: PolicyStatement[];
  /** Of its policy, with their reasons. */
  acceptedFindings?: Readonly<Record<string, string>>;
};

/**
 * A role that may do exactly what its statements say. What CDK would grant besides is not added, so the statements are
 * the whole truth.
 */
export function roleWith(scope: Construct, id: string, options: RoleOptions): IRole {
  const { principal, statements, acceptedFindings = {} } = options;
  if (statements.length === 0) return new Role(scope, id, { assumedBy: principal }).withoutPolicyUpdates();
  const policy = new ManagedPolicy(scope, `${id}Policy`, { statements });
  acceptFindings(policy, acceptedFindings);
  return new Role(scope, id, { assumedBy: principal, managedPolicies: [policy] }).withoutPolicyUpdates();
}

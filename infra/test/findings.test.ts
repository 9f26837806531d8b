import { describe, expect, it } from '@jest/globals';
import { Validations, type App } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { environmentNames } from '../src/environments.ts';
import { synthesise } from './support/synthesised.ts';

type Accepted = { path: string; id: string; reason: string };

/** What is accepted, by construct and rule, as the code says it beside the resource. */
function acceptedIn(app: App): Accepted[] {
  return app.node.findAll().flatMap(({ node }) =>
    node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      // What CDK keeps under this key: reasons by qualified rule.
      .flatMap(({ data }) => Object.entries(data as Record<string, string>))
      .filter(([id]) => /^annotation::/i.test(id)) // not those of CDK's own checks, which CDK accepts by itself
      .map(([id, reason]) => ({ path: node.path, id: id.replace(/^annotation::/i, ''), reason })),
  );
}

/** Every finding of both packs, also the accepted ones. */
function findingsIn(app: App): { path: string; id: string }[] {
  for (const { node } of app.node.findAll()) {
    const others = node.metadata.filter(({ type }) => type !== Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    Object.defineProperty(node, 'metadata', { get: () => others });
  }
  return [new AwsSolutionsChecks(app), new HIPAASecurityChecks(app)]
    .flatMap((pack) => pack.validateScope(app).violations)
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => ({ path: constructPath ?? '', id: ruleName })),
    );
}

const covers = (accepted: Accepted, finding: { path: string; id: string }) =>
  accepted.id === finding.id && (finding.path === accepted.path || finding.path.startsWith(`${accepted.path}/`));

describe.each(environmentNames)('the AWS Solutions and HIPAA rules in %s', (name) => {
  const { app } = synthesise(name, { checked: true });
  const accepted = acceptedIn(app);
  const findings = findingsIn(app);

  it('find nothing that nobody accepted', () => {
    expect(findings.filter((finding) => !accepted.some((one) => covers(one, finding)))).toEqual([]);
  });

  it('find everything that is accepted', () => {
    expect(accepted.filter((one) => !findings.some((finding) => covers(one, finding)))).toEqual([]);
  });

  it('are accepted on resources, never on a whole stack, and with a reason', () => {
    for (const { path, reason } of accepted) {
      expect(path).toContain('/');
      expect(reason.length).toBeGreaterThan(60);
    }
  });
});

import type { ApplicationLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnLoggingConfiguration, CfnWebACL, CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';
import { logGroup } from '../support/log-group.ts';
import { firewallRules } from './firewall-rules.ts';

/** The web application firewall in front of the load balancer, and its log without query strings. */
export function firewall(
  scope: Construct,
  {
    loadBalancer,
    environment,
    logKey,
  }: { loadBalancer: ApplicationLoadBalancer; environment: Environment; logKey: IKey },
): void {
  const acl = new CfnWebACL(scope, 'Firewall', {
    name: 'frontdesk',
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    rules: firewallRules(environment),
    visibilityConfig: { metricName: 'frontdesk', cloudWatchMetricsEnabled: true, sampledRequestsEnabled: false },
  });
  new CfnWebACLAssociation(scope, 'FirewallOfLoadBalancer', {
    webAclArn: acl.attrArn,
    resourceArn: loadBalancer.loadBalancerArn,
  });
  // The firewall only writes to log groups whose names begin so.
  const logs = logGroup(scope, 'FirewallLogs', { name: 'aws-waf-logs-frontdesk', key: logKey, environment });
  new CfnLoggingConfiguration(scope, 'FirewallLogging', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [logs.logGroupArn],
    redactedFields: [{ queryString: {} }, { singleHeader: { Name: 'authorization' } }],
  });
}

import type { CfnWebACL } from 'aws-cdk-lib/aws-wafv2';
import type { Environment } from '../environments.ts';

type Rule = CfnWebACL.RuleProperty;

/**
 * Rules of AWS that look into bodies. A body is what a patient wrote, inside a webhook whose signature the service checks:
 * blocking `<script>` in a text would lose the text. Their matches are counted, not blocked.
 */
const ofBodies = {
  AWSManagedRulesCommonRuleSet: [
    'SizeRestrictions_BODY',
    'CrossSiteScripting_BODY',
    'GenericLFI_BODY',
    'GenericRFI_BODY',
    'EC2MetaDataSSRF_BODY',
    'NoUserAgent_HEADER', // no provider promises to send one
  ],
  AWSManagedRulesKnownBadInputsRuleSet: ['JavaDeserializationRCE_BODY', 'Log4JRCE_BODY', 'ReactJSRCE_BODY'],
  AWSManagedRulesAmazonIpReputationList: [],
} satisfies Record<string, string[]>;

/** In the order in which they are asked. */
export function firewallRules({ requestsPerAddress }: Environment): Rule[] {
  const managed = Object.entries(ofBodies).map(([name, counted], index) => managedRules(name, counted, index + 1));
  return [rateOfOneAddress(requestsPerAddress), ...managed];
}

const watched = (metricName: string): CfnWebACL.VisibilityConfigProperty => ({
  metricName,
  cloudWatchMetricsEnabled: true,
  sampledRequestsEnabled: false, // a sample would show addresses and paths in the console
});

const rateOfOneAddress = (limit: number): Rule => ({
  name: 'requests-of-one-address',
  priority: 0,
  action: { block: { customResponse: { responseCode: 429 } } },
  statement: { rateBasedStatement: { limit, aggregateKeyType: 'IP', evaluationWindowSec: 300 } },
  visibilityConfig: watched('requests-of-one-address'),
});

const managedRules = (name: string, counted: readonly string[], priority: number): Rule => ({
  name,
  priority,
  overrideAction: { none: {} },
  statement: {
    managedRuleGroupStatement: {
      vendorName: 'AWS',
      name,
      ruleActionOverrides: counted.map((rule) => ({ name: rule, actionToUse: { count: {} } })),
    },
  },
  visibilityConfig: watched(name),
});

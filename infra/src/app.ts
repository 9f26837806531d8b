import { App, Validations } from 'aws-cdk-lib';
import { AwsSolutionsChecks, HIPAASecurityChecks } from 'cdk-nag';
import { alertsStack } from './alerts/alerts-stack.ts';
import { dataStack } from './data/data-stack.ts';
import { edgeStack } from './edge/edge-stack.ts';
import type { Environment } from './environments.ts';
import { imagesStack } from './images/images-stack.ts';
import { migrationsStack } from './migrations/migrations-stack.ts';
import { monitoringStack } from './monitoring/monitoring-stack.ts';
import { networkStack } from './network/network-stack.ts';
import { queuesStack } from './queues/queues-stack.ts';
import { definitions } from './service/definitions.ts';
import { serviceStack } from './service/service-stack.ts';

export type AppOptions = {
  readonly outdir?: string;
  /** Whether synthesis holds the templates against CloudFormation's schemas and the rules of cdk-nag, and fails on a finding. */
  readonly checked?: boolean;
};

/** All stacks of one environment. Synthesis asks AWS nothing. */
export function buildApp(environment: Environment, { outdir, checked = true }: AppOptions = {}): App {
  const { account, region, availabilityZones } = environment;
  const app = new App({
    analyticsReporting: false,
    autoSynth: false,
    ...(outdir === undefined ? {} : { outdir }),
    context: {
      // Instead of a look-up.
      [`availability-zones:account=${account}:region=${region}`]: availabilityZones,
      '@aws-cdk/core:checkSecretUsage': true,
      '@aws-cdk/core:enablePartitionLiterals': true,
      '@aws-cdk/core:target-partitions': ['aws'],
      // S3 writes access logs by a policy of the bucket; lists of access are out of use.
      '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true,
      '@aws-cdk/core:validateAgainstDefaultRules': checked,
    },
  });
  if (checked) {
    const verbose = { verbose: true };
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app, verbose), new HIPAASecurityChecks(app, verbose));
  }

  const network = networkStack(app, environment);
  const alerts = alertsStack(app, environment);
  const images = imagesStack(app, environment);
  const queues = queuesStack(app, environment);
  const data = dataStack(app, environment, network);
  const edge = edgeStack(app, environment, network);
  migrationsStack(app, environment, { network, data, images });
  for (const definition of definitions) {
    serviceStack(app, environment, definition, { network, data, queues, images, edge });
  }
  monitoringStack(app, environment, { alerts, data, edge });
  return app;
}

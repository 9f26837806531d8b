import { Stack, Tags, type App } from 'aws-cdk-lib';
import type { Environment, EnvironmentName } from '../environments.ts';

export const stackName = (environment: EnvironmentName, part: string): string => `frontdesk-${environment}-${part}`;

/** A stack of one environment, in its account and region. */
export function makeStack(app: App, environment: Environment, part: string, description: string): Stack {
  const { name, account, region } = environment;
  const stack = new Stack(app, stackName(name, part), {
    env: { account, region },
    description,
    terminationProtection: name === 'production',
  });
  Tags.of(stack).add('frontdesk:environment', name);
  Tags.of(stack).add('frontdesk:part', part);
  return stack;
}

import { Command, Option } from '@commander-js/extra-typings';
import { services } from '@frontdesk/contracts';
import { environmentNames, environments } from '../environments.ts';
import { stackName } from '../support/stack.ts';
import { changedMigrations } from './changed-migrations.ts';
import { describePlan } from './describe-plan.ts';
import { planDeployment, type Plan } from './plan.ts';
import { readTemplate, synthesiseTemplate } from './read-template.ts';
import { Refused, type DeployRequest } from './request.ts';

export type Terminal = { write(text: string): void };
/** Changes AWS. */
export type CarryOut = (plan: Plan, environment: (typeof environments)['staging']) => Promise<void>;

const examples = `
Examples:
  pnpm deploy:svc messaging-worker --image 111111111111.dkr.ecr.us-east-1.amazonaws.com/frontdesk/messaging-worker:1.4.0
  pnpm deploy:svc payments --environment production --image …@sha256:… --since v1.3.0 --against cdk.out
  pnpm deploy:svc payments --environment production --image …@sha256:… --since v1.3.0 --migrations-image …@sha256:… --yes
`;

/** `pnpm deploy:svc`: prints what deploying one service comes to, and does it only when told so. */
export function deployCommand({ out, carryOut }: { out: Terminal; carryOut: CarryOut }) {
  return new Command('deploy:svc')
    .description('Says what deploying one service would do. With --yes, does it.')
    .argument('<service>', `one of ${services.join(', ')}`)
    .requiredOption('--image <uri>', 'the image to run; in production by its digest')
    .addOption(new Option('--environment <name>', 'where').choices(environmentNames).default('staging' as const))
    .option('--since <git ref>', 'what runs now; the migrations since then run first')
    .option('--migrations-image <uri>', 'the image that has the new migrations')
    .option('--against <path>', 'a cdk.out folder or template of what runs now, to list what changes')
    .option('--json', 'the plan as JSON')
    .option('--yes', 'do it')
    .addHelpText('after', examples)
    .action(async (name, options) => {
      const service = services.find((each) => each === name);
      if (service === undefined) {
        throw new Refused('used wrongly', `there is no service ${name}: it is one of ${services.join(', ')}`);
      }
      const { environment, image, since, migrationsImage, against, json, yes } = options;
      const plan = planOf({ service, environment, image, since, migrationsImage, against });
      out.write(`${json === true ? JSON.stringify(plan, null, 2) : describePlan(plan)}\n`);
      if (yes === true) await carryOut(checked(plan), environments[environment]);
      else if (json !== true) out.write('\nNothing was done. Add --yes to do it.\n');
    });
}

function planOf(request: DeployRequest): Plan {
  const environment = environments[request.environment];
  const stack = stackName(environment.name, request.service);
  const facts = {
    environment,
    previous: request.against === undefined ? undefined : readTemplate(request.against, stack),
    migrations: request.since === undefined ? undefined : changedMigrations(request.since),
  };
  // Asked before the slow part: a wrong image is told at once.
  planDeployment(request, { ...facts, template: { Resources: {} } });
  return planDeployment(request, { ...facts, template: synthesiseTemplate(stack, environment) });
}

function checked(plan: Plan): Plan {
  if (plan.migrations !== 'not compared') return plan;
  throw new Refused('refused', 'nobody knows whether migrations must run first: say with --since what runs now');
}

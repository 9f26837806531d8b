import type { Environment } from '../environments.ts';
import { imageParameterName } from '../service/image-parameter.ts';
import { stackName } from '../support/stack.ts';
import type { MigrationChanges } from './changed-migrations.ts';
import { checkImage } from './check-image.ts';
import { Refused, type DeployRequest } from './request.ts';
import { resourcesOf, templateDifference, type ResourceChange, type StackTemplate } from './template-difference.ts';

/** One step, which is done before the next begins. */
export type Step =
  | { readonly what: 'deploy'; readonly stack: string; readonly image: string; readonly command: readonly string[] }
  | { readonly what: 'migrate'; readonly stack: string; readonly files: readonly string[] };

export type Plan = {
  readonly service: string;
  readonly environment: string;
  readonly image: string;
  readonly migrations: 'run first' | 'none are new' | 'not compared';
  readonly steps: readonly Step[];
  readonly resources: readonly { type: string; count: number }[];
  /** Against an earlier synthesis, when one was given. */
  readonly changes: readonly ResourceChange[] | undefined;
};

/** What is known besides the request. */
export type Facts = {
  readonly environment: Environment;
  readonly template: StackTemplate;
  readonly previous: StackTemplate | undefined;
  readonly migrations: MigrationChanges | undefined;
};

/**
 * What deploying one service comes to, step by step.
 * @throws Refused when it must not be done
 */
export function planDeployment(request: DeployRequest, { environment, template, previous, migrations }: Facts): Plan {
  const { service, image, migrationsImage } = request;
  checkImage(image, service, environment);
  if (migrationsImage !== undefined) checkImage(migrationsImage, 'migrations', environment);
  const before = stepsOfMigrations(environment, migrations, migrationsImage);
  return {
    service,
    environment: environment.name,
    image,
    migrations: before.length > 0 ? 'run first' : migrations === undefined ? 'not compared' : 'none are new',
    steps: [...before, deployment(environment, service, image)],
    resources: resourcesOf(template),
    changes: previous === undefined ? undefined : templateDifference(previous, template),
  };
}

function stepsOfMigrations(
  environment: Environment,
  changes: MigrationChanges | undefined,
  image: string | undefined,
): Step[] {
  if (changes !== undefined && changes.edited.length > 0) {
    throw new Refused(
      'refused',
      `${changes.edited.join(', ')} changed after it may have run: a migration is never edited, write a new one`,
    );
  }
  const files = changes?.added ?? [];
  if (files.length > 0 && image === undefined) {
    throw new Refused(
      'used wrongly',
      `${files.join(', ')} must run first: give the image that has them with --migrations-image`,
    );
  }
  if (image === undefined || (changes !== undefined && files.length === 0)) return [];
  const stack = stackName(environment.name, 'migrations');
  return [deployment(environment, 'migrations', image), { what: 'migrate', stack, files }];
}

function deployment({ name }: Environment, part: string, image: string): Step {
  const stack = stackName(name, part);
  const options = {
    context: `environment=${name}`,
    parameters: `${stack}:${imageParameterName}=${image}`,
    'outputs-file': `cdk.out/${stack}.outputs.json`,
    'require-approval': 'never',
  };
  const words = Object.entries(options).flatMap(([option, value]) => [`--${option}`, value]);
  return { what: 'deploy', stack, image, command: ['cdk', 'deploy', stack, '--exclusively', ...words] };
}

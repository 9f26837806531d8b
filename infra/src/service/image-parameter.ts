import { CfnParameter } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Environment } from '../environments.ts';
import { repositoryName, type ImageName } from '../images/images-stack.ts';

/** The name of the parameter of each stack that runs an image. */
export const imageParameterName = 'Image';

/** The registry of an environment. */
export const registryOf = ({ account, region }: Environment): string => `${account}.dkr.ecr.${region}.amazonaws.com`;

/**
 * The image that a stack runs, given when it is deployed and kept when it is deployed again without one. Production takes
 * only digests, so that what was tested is what runs.
 */
export function imageParameter(scope: Construct, image: ImageName, environment: Environment): string {
  return new CfnParameter(scope, imageParameterName, {
    type: 'String',
    description: `The image of ${image}, by its digest`,
    allowedPattern: imagePattern(image, environment).source,
    constraintDescription: `an image of ${image} in the registry of ${environment.name}, as repository@sha256:digest`,
  }).valueAsString;
}

/** What an image of this environment looks like. */
export function imagePattern(image: ImageName, environment: Environment): RegExp {
  const digest = '@sha256:[a-f0-9]{64}';
  const tag = ':(?!latest$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}';
  const version = environment.name === 'production' ? digest : `(${digest}|${tag})`;
  return new RegExp(`^${RegExp.escape(`${registryOf(environment)}/${repositoryName(image)}`)}${version}$`);
}

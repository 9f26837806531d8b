import type { Environment } from '../environments.ts';
import { repositoryName, type ImageName } from '../images/images-stack.ts';
import { imagePattern, registryOf } from '../service/image-parameter.ts';
import { Refused } from './request.ts';

/**
 * Whether an image may run in an environment.
 * @throws Refused that says what is wrong with it
 */
export function checkImage(image: string, name: ImageName, environment: Environment): void {
  if (imagePattern(name, environment).test(image)) return;
  const repository = `${registryOf(environment)}/${repositoryName(name)}`;
  const found = /^(?<repository>[^@]+?)(?::(?<tag>[^:@/]+))?(?:@(?<digest>.+))?$/.exec(image)?.groups ?? {};
  if (found['repository'] !== repository) {
    throw new Refused(
      'refused',
      `${image} is not an image of ${name} in ${environment.name}: it would be ${repository}@sha256:…`,
    );
  }
  if (found['tag'] === 'latest') {
    throw new Refused(
      'refused',
      `${image} says latest, which means another image tomorrow: give the digest, ${repository}@sha256:…`,
    );
  }
  if (environment.name === 'production' && found['digest'] === undefined) {
    throw new Refused(
      'refused',
      `${image} has no digest: production runs only what was tested, ${repository}@sha256:…`,
    );
  }
  throw new Refused(
    'used wrongly',
    `${image} is not an image: write ${repository}@sha256: and 64 digits of 0-9 and a-f`,
  );
}

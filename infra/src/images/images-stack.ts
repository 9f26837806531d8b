import { services, type ServiceName } from '@frontdesk/contracts';
import { RemovalPolicy, type App } from 'aws-cdk-lib';
import { Repository, RepositoryEncryption, TagMutability, TagStatus, type IRepository } from 'aws-cdk-lib/aws-ecr';
import type { Environment } from '../environments.ts';
import { encryptionKey } from '../support/encryption-key.ts';
import { makeStack } from '../support/stack.ts';

/** What is built as an image of its own: the services, and what migrates the database. */
const imageNames = [...services, 'migrations'] as const;
export type ImageName = ServiceName | 'migrations';
export type Images = Readonly<Record<ImageName, IRepository>>;

export const repositoryName = (image: ImageName): string => `frontdesk/${image}`;

/** One repository per image. A tag, once pushed, never means another image. */
export function imagesStack(app: App, environment: Environment): Images {
  const stack = makeStack(app, environment, 'images', 'Repositories of the images');
  const encryptionKeyOfImages = encryptionKey(stack, 'Key', { description: 'Images of Frontdesk' });
  const repositories = imageNames.map((name) => {
    const repository: IRepository = new Repository(stack, name, {
      repositoryName: repositoryName(name),
      imageScanOnPush: true,
      imageTagMutability: TagMutability.IMMUTABLE,
      encryption: RepositoryEncryption.KMS,
      encryptionKey: encryptionKeyOfImages,
      removalPolicy: RemovalPolicy.RETAIN,
      lifecycleRules: [{ tagStatus: TagStatus.ANY, maxImageCount: 100 }],
    });
    return [name, repository] as const;
  });
  return Object.fromEntries(repositories) as Record<ImageName, IRepository>; // one entry per name
}

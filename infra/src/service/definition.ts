import type { ServiceName } from '@frontdesk/contracts';
import type { z } from 'zod';
import type { Environment } from '../environments.ts';

/** The settings of a service, by where each comes from. Together they are all that it is given. */
type ServiceSettings = {
  /** Those in which it differs from its defaults, readable in the task definition. */
  readonly plain: (environment: Environment) => Readonly<Record<string, string>>;
  /** Keys of the JSON secret that a person fills in. */
  readonly fromProviders: readonly string[];
  /** Whether it is given `REDIS_URL`. */
  readonly redis: boolean;
};

/** When there are too few tasks. */
type Scaling =
  /** So many messages may wait for each task: what it handles in the seconds that a message may wait. */
  | { readonly by: 'backlog'; readonly messagesPerTask: number }
  /** So many requests in a minute keep one task busy enough. */
  | { readonly by: 'requests'; readonly perTaskAndMinute: number };

/** What is particular about a service. Everything else is alike for all, in `service-stack.ts`. */
export type ServiceDefinition = {
  readonly name: ServiceName;
  readonly summary: string;
  readonly schema: z.ZodObject;
  readonly settings: ServiceSettings;
  readonly scaling: Scaling;
  /** Whether it puts files of patients into the bucket, and deletes them. */
  readonly keepsMedia?: true;
  /** Whether it asks the model. */
  readonly asksModel: boolean;
};

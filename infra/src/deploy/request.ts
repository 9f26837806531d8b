import type { ServiceName } from '@frontdesk/contracts';
import type { EnvironmentName } from '../environments.ts';

/** What somebody asked to be deployed. */
export type DeployRequest = {
  readonly service: ServiceName;
  readonly environment: EnvironmentName;
  readonly image: string;
  /** The image that migrates, for a release with new migrations. */
  readonly migrationsImage: string | undefined;
  /** The git reference of what runs now; the migrations since then are what is new. */
  readonly since: string | undefined;
  /** A folder or a template of an earlier synthesis, to compare with. */
  readonly against: string | undefined;
};

/** A request that must not be carried out, and why. */
export class Refused extends Error {
  readonly kind: 'used wrongly' | 'refused';

  constructor(kind: Refused['kind'], message: string) {
    super(message);
    this.name = 'Refused';
    this.kind = kind;
  }
}

import { services, type ServiceName } from '@frontdesk/contracts';

/** What has to be deployed, and the images that it needs. */
export type DeploymentPlan = { services: ServiceName[]; images: string[] };

/** Migrations travel with a service, so when nothing else changed the first one takes them along. */
export function planDeployment(changed: readonly string[]): DeploymentPlan {
  const migrations = changed.includes('migrate') ? ['migrate'] : [];
  const changedServices = services.filter((service) => changed.includes(service));
  const deployed = changedServices.length === 0 && migrations.length > 0 ? services.slice(0, 1) : changedServices;
  return { services: deployed, images: [...migrations, ...deployed] };
}

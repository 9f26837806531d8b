export {
  seedClinic,
  type ClinicDefinition,
  type PractitionerDefinition,
  type ServiceDefinition,
} from './clinic-definition.ts';
export { demoClinic } from './demo-clinic.ts';
export { startEmbeddedPostgres, type EmbeddedServer } from './embedded-postgres.ts';
export { freePort } from './free-port.ts';

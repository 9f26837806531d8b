export type { ClinicDefinition, PractitionerDefinition, ServiceDefinition } from '@frontdesk/clinics';
export { seedClinic } from './seed-clinic.ts';
export { demoClinic } from './demo-clinic.ts';
export { startEmbeddedPostgres, type EmbeddedServer } from './embedded-postgres.ts';
export { freePort } from './free-port.ts';
export { localSquareSignatureKey, localTelnyxApiKey, localTokenKeys } from './service-environments.ts';

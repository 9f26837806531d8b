export type { ClinicDefinition, PractitionerDefinition, ServiceDefinition } from '@frontdesk/clinics';
export { localWhatsApp } from './local-whatsapp.ts';
export { seedClinic } from './seed-clinic.ts';
export { seedWhatsApp } from './seed-whatsapp.ts';
export { demoClinic } from './demo-clinic.ts';
export { startEmbeddedPostgres, type EmbeddedServer } from './embedded-postgres.ts';
export { freePort } from './free-port.ts';
export {
  localMetaAppId,
  localMetaAppSecret,
  localMetaVerifyToken,
  localSquareSignatureKey,
  localTelnyxApiKey,
  localTokenKeys,
} from './service-environments.ts';

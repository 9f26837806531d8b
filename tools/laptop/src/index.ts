export { localSecretsOf, secretIdOf } from './secrets/local-secrets.ts';

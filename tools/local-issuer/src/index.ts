export { startLocalIssuer, type LocalIssuer, type WantedToken } from './local-issuer.ts';

export { hearOfRegistration } from './take-registration.ts';
export { requestRegistration, ringRegistration } from './request-registration.ts';

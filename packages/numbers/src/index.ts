export { makeLookAfter, type LookAfter, type LookAfterPorts } from './look-after.ts';
export type { Advance, NextLook, ProviderNews, Registration, RegistrationSubject } from './registration.ts';

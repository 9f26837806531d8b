export { clinicNumber } from './clinics.ts';
export { openDesk, type Desk } from './desk.ts';
export { eventually } from './eventually.ts';
export { findBreaches } from './find-breaches.ts';
export type { Patient } from './patient.ts';
export { askForTimes, firstWords, pickFirstTime, walkToLink } from './walk-to-deposit.ts';

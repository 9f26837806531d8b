export { clinicNumber } from './clinics.ts';
export { openDesk, type Desk } from './desk.ts';
export { eventually } from './eventually.ts';
export { faults, suffer, type Fault, type Survival } from './faults.ts';
export { findBreaches, untilAtRest } from './find-breaches.ts';
export type { Patient } from './patient.ts';
export { repeatAllMessages } from './repeat-messages.ts';
export { agree, askForTimes, pickFirstTime, returningWords, walkToLink } from './walk-to-deposit.ts';

export { clinicNumber } from './clinics.ts';
export { modes, openDesk, type Desk, type DeskOptions } from './desk.ts';
export { findBreaches, untilAtRest } from './find-breaches.ts';
export type { Patient } from './patient.ts';
export { seenByMistake, tablesWithRowsOf } from './seen-by-mistake.ts';
export { repeatAllMessages } from './repeat-messages.ts';
export { agree, askForTimes, pickFirstTime, returningWords, walkToLink } from './walk-to-deposit.ts';
export { stories, tell, type Story } from './one-process-deaths.ts';

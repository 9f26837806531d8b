export { appointmentById, liveAppointment, lockAppointment } from './appointments.ts';
export { cancelAppointment, moveAppointment, type MoveOutcome } from './change-visit.ts';
export { confirmAppointment, expireHold, extendHold } from './end-hold.ts';
export { findFreeTimes, type FreeTimesQuery } from './find-free-times.ts';
export { holdOfferedTime, type HoldOutcome, type HoldRequest } from './hold-offered-time.ts';
export { currentOffers, recordOffers } from './offers.ts';

export {
  appointmentMoves,
  overlaps,
  type Appointment,
  type AppointmentState,
  type FreeTime,
  type Offer,
  type Stretch,
  type Weekday,
} from './appointment.ts';
export {
  freeTimes,
  horizonDays,
  isFree,
  leadTime,
  type Diary,
  type FreeTimesRequest,
  type Wish,
  type WorkingHours,
} from './free-times.ts';

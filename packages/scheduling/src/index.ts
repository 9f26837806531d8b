export {
  type Appointment,
  type AppointmentState,
  type FreeTime,
  type Offer,
  type Stretch,
  type Weekday,
} from './appointment.ts';
export { type Diary, type FreeTimesRequest, type Wish, type WorkingHours } from './free-times.ts';

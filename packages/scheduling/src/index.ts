export type { Appointment, AppointmentState, FreeTime, Offer } from './appointment.ts';

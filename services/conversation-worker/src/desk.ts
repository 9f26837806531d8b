import { depositFor } from '@frontdesk/clinics';
import { findFacts, loadClinic } from '@frontdesk/clinics/postgres';
import type { DeskPorts } from '@frontdesk/conversation';
import {
  addTags,
  findOrCreateLead,
  recordDepositAnswer,
  recordDepositAsked,
  recordDepositStatus,
  saveDetails,
} from '@frontdesk/leads/postgres';
import { requestText } from '@frontdesk/messaging/postgres';
import type { Weekday } from '@frontdesk/scheduling';
import {
  appointmentById,
  currentOffers,
  findFreeTimes,
  holdOfferedTime,
  liveAppointment,
} from '@frontdesk/scheduling/postgres';
import { recordAndAnnounceOffers } from './announce-offers.ts';
import { askStaff } from './ask-staff.ts';

/** Connects what the desk needs with the domains that have it. Each works in the transaction that it is given. */
export const desk: DeskPorts = {
  clinic: loadClinic,
  depositFor: (service, patientType) => depositFor(service, patientType),
  facts: findFacts,
  lead: findOrCreateLead,
  saveDetails,
  addTags,
  recordDepositAsked,
  recordDepositAnswer,
  recordDepositStatus,
  freeTimes: (tx, { days, ...wish }) =>
    // Weekdays of a lead are 1 to 7: they were read from names of days.
    findFreeTimes(tx, { ...wish, ...(days !== undefined && { days: days as readonly Weekday[] }) }),
  recordOffers: recordAndAnnounceOffers,
  currentOffers,
  hold: holdOfferedTime,
  appointment: liveAppointment,
  appointmentById,
  requestText: (tx, { contactId, conversationId, ...text }) =>
    requestText(tx, { ...text, recipient: { contactId, conversationId }, correlationId: conversationId }),
  askStaff,
};

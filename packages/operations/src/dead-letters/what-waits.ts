import {
  AppointmentChangedV1,
  BookingRequestedV1,
  CallEndedV1,
  CallParkedV1,
  DeliveryReportedV1,
  DepositChangedV1,
  KeywordReceivedV1,
  MediaReceivedV1,
  OptOutUnderstoodV1,
  RegistrationDueV1,
  SquarePaymentReportedV1,
  TextReceivedV1,
  TextRequestedV1,
  TimesOfferedV1,
  WhatsAppTextReceivedV1,
  type Envelope,
  type EventDefinition,
} from '@frontdesk/contracts';

/** What an event is about, for the person who decides whether it is to be handled after all. */
export type Story = {
  /** What has not happened because of it. */
  waits: string;
  /** What happens when it is handled now. */
  outcome: string;
};

type Teller = readonly [type: string, tell: (data: unknown) => Story | null];

const told = <Data>(definition: EventDefinition<string, Data>, story: (data: Data) => Story): Teller => [
  definition.type,
  (data) => {
    const parsed = definition.schema.safeParse(data);
    return parsed.success ? story(parsed.data) : null;
  },
];

const tellers = new Map<string, Teller[1]>([
  told(TextReceivedV1, ({ messageId, conversationId }) => ({
    waits: `the answer to text ${messageId} in conversation ${conversationId}`,
    outcome: 'the desk answers every text of the conversation that is still unanswered, once',
  })),
  told(CallEndedV1, ({ callId }) => ({
    waits: `the judgement whether call ${callId} was missed`,
    outcome: 'the call is judged, and a caller who was missed is texted',
  })),
  told(DepositChangedV1, ({ conversationId, appointmentId, status }) => ({
    waits: `conversation ${conversationId}, which does not know that the deposit of appointment ${appointmentId} is ${status}`,
    outcome: 'the lead shows it; after an expiry new times are offered',
  })),
  told(TextRequestedV1, ({ messageId, recipientId }) => ({
    waits: `text ${messageId} to contact ${recipientId}, which may not have left`,
    outcome: 'the last gate decides again: the text leaves if it is still allowed and has not left before',
  })),
  told(KeywordReceivedV1, ({ keyword, contactId }) => ({
    waits: `the answer to ${keyword.toUpperCase()} of contact ${contactId} (an opt-out itself is recorded)`,
    outcome: 'the keyword is answered, once, unless the carrier has done so',
  })),
  told(OptOutUnderstoodV1, ({ messageId, contactId }) => ({
    waits: `the opt-out of contact ${contactId}, which the model read in text ${messageId}: texts may still leave to them`,
    outcome: 'the opt-out is recorded and confirmed once, unless the person has asked for texts again since',
  })),
  told(DeliveryReportedV1, ({ providerMessageId, attemptId, status }) => ({
    waits: `the report that ${attemptId === null ? `the carrier's text ${providerMessageId}` : `attempt ${attemptId}`} is ${status}`,
    outcome: 'the text shows it, unless something newer is known',
  })),
  told(CallParkedV1, ({ callId }) => ({
    waits: `call ${callId}, which rings until the carrier gives up`,
    outcome: 'the carrier is told to reject the call, which is over by now in all likelihood',
  })),
  told(AppointmentChangedV1, ({ appointmentId }) => ({
    waits: `the reminders of appointment ${appointmentId}, which are not as the visit is now`,
    outcome: 'they are made so: scheduled, scheduled anew, or cancelled',
  })),
  told(TimesOfferedV1, ({ conversationId }) => ({
    waits: `the follow-up on the times offered in conversation ${conversationId}`,
    outcome: 'it is scheduled, and leaves only if the person is still silent',
  })),
  told(MediaReceivedV1, ({ mediaId }) => ({
    waits: `file ${mediaId} of a text, which may still be at the carrier`,
    outcome: 'it is fetched and stored, unless a sweep has done so',
  })),
  told(WhatsAppTextReceivedV1, ({ messageId }) => ({
    waits: `the sign that text ${messageId} was read, on the phone of who wrote it`,
    outcome: 'it is shown, unless the text is older than five minutes',
  })),
  told(RegistrationDueV1, ({ registrationId }) => ({
    waits: `the next look at registration ${registrationId}, which its row asks for as well`,
    outcome: 'the provider is asked how far it is, and for the next step',
  })),
  told(BookingRequestedV1, ({ appointmentId }) => ({
    waits: `the deposit link or the confirmation of appointment ${appointmentId}`,
    outcome: 'the link is sent, or the visit confirmed, if its time is still held',
  })),
  told(SquarePaymentReportedV1, ({ paymentId, orderId, status }) => ({
    waits: `the deposit of order ${orderId}, which does not know that payment ${paymentId} is ${status}`,
    outcome: 'the deposit shows it; a late payment books the time if it is still free, else staff get a task',
  })),
]);

/** Null: nobody here knows the type, or its data does not fit. */
export function storyOf({ type, data }: Envelope): Story | null {
  return tellers.get(type)?.(data) ?? null;
}

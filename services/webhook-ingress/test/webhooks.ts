import { newId } from '@frontdesk/kernel';

type Fields = Record<string, unknown>;

const event = (eventType: string, payload: Fields, id: string = newId()) => ({
  data: { record_type: 'event', event_type: eventType, id, occurred_at: new Date().toISOString(), payload },
  meta: { attempt: 1, delivered_to: 'https://hooks.example.test/webhooks/telnyx/messages' },
});

/** A text to the clinic, as Telnyx tells of it. */
export function received({
  from,
  to,
  text,
  eventId = newId(),
  messageId = newId(),
  ...rest
}: { from: string; to: string; text: string; eventId?: string; messageId?: string } & Fields) {
  return event(
    'message.received',
    {
      record_type: 'message',
      direction: 'inbound',
      id: messageId,
      type: 'SMS',
      from: { phone_number: from, carrier: 'ExampleCell', line_type: 'Wireless' },
      to: [{ phone_number: to, carrier: 'Telnyx', line_type: 'Wireless', status: 'webhook_delivered' }],
      text,
      media: [],
      errors: [],
      autoresponse_type: null,
      received_at: new Date().toISOString(),
      ...rest,
    },
    eventId,
  );
}

/** What became of a text that left the clinic's number. */
export function receipt({
  type = 'message.finalized',
  from,
  messageId = newId(),
  status,
  errors = [],
}: {
  type?: 'message.sent' | 'message.finalized';
  from: string;
  messageId?: string;
  status: string;
  errors?: Fields[];
}) {
  return event(type, {
    record_type: 'message',
    direction: 'outbound',
    id: messageId,
    from: { phone_number: from },
    to: [{ phone_number: '+15125550100', status }],
    errors,
  });
}

export type CallEvent = 'call.initiated' | 'call.answered' | 'call.bridged' | 'call.hangup';

/** A step of a call to the clinic. */
export function callEvent(
  type: CallEvent,
  { from, to, session, ...rest }: { from: string; to: string; session: string } & Fields,
) {
  const initiated = type === 'call.initiated' ? { direction: 'incoming', state: 'parked' } : {};
  const hangup = type === 'call.hangup' ? { hangup_cause: 'originator_cancel', hangup_source: 'caller' } : {};
  return event(type, {
    call_control_id: `v3:${session}`,
    call_leg_id: `leg-${session}`,
    call_session_id: session,
    connection_id: '190000000000000001',
    client_state: null,
    from,
    to,
    start_time: new Date().toISOString(),
    ...initiated,
    ...hangup,
    ...rest,
  });
}

/** What Square tells of a payment. */
export function squarePayment({
  merchantId,
  locationId,
  status = 'COMPLETED',
  eventId = newId(),
  type = 'payment.updated',
  ...rest
}: { merchantId: string; locationId: string; status?: string; eventId?: string; type?: string } & Fields) {
  const money = { amount: 5000, currency: 'USD' };
  return {
    merchant_id: merchantId,
    type,
    event_id: eventId,
    created_at: '2026-11-20T10:05:00.123Z',
    data: {
      type: 'payment',
      id: 'P1',
      object: {
        payment: {
          id: 'P1',
          status,
          order_id: 'O1',
          location_id: locationId,
          amount_money: money,
          total_money: money,
          source_type: 'CARD',
          created_at: '2026-11-20T10:04:00.000Z',
          updated_at: '2026-11-20T10:05:00.000Z',
          ...rest,
        },
      },
    },
  };
}

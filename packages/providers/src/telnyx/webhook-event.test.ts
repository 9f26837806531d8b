import { describe, expect, it } from '@jest/globals';
import { InvalidMessage } from '@frontdesk/kernel';
import { readTelnyxEvent } from './webhook-event.ts';

const envelope = (eventType: string, payload: object) => ({
  data: {
    record_type: 'event',
    event_type: eventType,
    id: 'event-1',
    occurred_at: '2026-11-20T15:04:05.120+00:00',
    payload,
  },
  meta: { attempt: 1 },
});
const text = {
  id: 'message-1',
  from: { phone_number: '+15125550100', carrier: 'ExampleCell', line_type: 'Wireless' },
  to: [{ phone_number: '+15125550199', status: 'webhook_delivered' }],
  text: 'Can I move my appointment?',
  autoresponse_type: null,
  received_at: '2026-11-20T15:04:05.000+00:00',
};
const call = { call_control_id: 'v3:abc', call_session_id: 'ses-1', from: '+15125550100', to: '+15125550199' };

describe('a text in a Telnyx webhook', () => {
  it('is read, and is the same when its message comes in another event', () => {
    expect(readTelnyxEvent(envelope('message.received', text))).toEqual({
      eventType: 'message.received',
      externalId: 'message-1',
      occurredAt: Temporal.Instant.from('2026-11-20T15:04:05.120Z'),
      addressee: { by: 'number', numbers: ['+15125550199'] },
      content: {
        kind: 'text',
        channel: 'sms',
        whatsAppUserId: null,
        choiceId: null,
        messageId: 'message-1',
        from: '+15125550100',
        body: 'Can I move my appointment?',
        receivedAt: Temporal.Instant.from('2026-11-20T15:04:05Z'),
        carrierKeyword: null,
        media: [],
      },
    });
  });

  it('may name its recipient as a bare string, and several of them', () => {
    const numbers = (to: unknown) => {
      const { addressee } = readTelnyxEvent(envelope('message.received', { ...text, to }));
      return addressee.by === 'number' ? addressee.numbers : null;
    };
    expect(numbers('+15125550199')).toEqual(['+15125550199']);
    expect(numbers([{ phone_number: '+15125550198' }, { phone_number: '+15125550199' }])).toHaveLength(2);
  });

  it.each([
    ['STOP', 'stop'],
    ['START', 'start'],
    ['HELP', 'help'],
    [null, null],
    ['SOMETHING', null],
  ])('that the carrier answered as %j is %j', (autoresponse_type, carrierKeyword) => {
    expect(readTelnyxEvent(envelope('message.received', { ...text, autoresponse_type })).content).toMatchObject({
      carrierKeyword,
    });
  });

  it('brings the files that can be read, whatever stands beside them', () => {
    const url = 'https://media.telnyx.com/1.jpg';
    const filesOf = (media: unknown) => readTelnyxEvent(envelope('message.received', { ...text, media })).content;
    expect(filesOf([{ url: null }, { url, content_type: 'image/jpeg' }, { url, content_type: 7 }, null])).toMatchObject(
      {
        media: [
          { url, contentType: 'image/jpeg' },
          { url, contentType: null },
        ],
      },
    );
    expect(filesOf('none')).toMatchObject({ media: [] });
  });

  it('of a short code has nobody who could be answered', () => {
    const event = readTelnyxEvent(envelope('message.received', { ...text, from: { phone_number: '72345' } }));
    expect(event).toMatchObject({ externalId: 'message-1', content: { kind: 'ignored' } });
  });
});

describe('a call in a Telnyx webhook', () => {
  it('waits for a command only while it is parked', () => {
    const parked = envelope('call.initiated', { ...call, direction: 'incoming', state: 'parked' });
    expect(readTelnyxEvent(parked).content).toMatchObject({ step: 'started', parkedCallControlId: 'v3:abc' });
    const bridging = envelope('call.initiated', { ...call, direction: 'incoming', state: 'bridging' });
    expect(readTelnyxEvent(bridging).content).toMatchObject({ step: 'started', parkedCallControlId: null });
  });

  it.each(['anonymous', '', null])('of a caller who hides the number (%j) has no caller', (from) => {
    const event = readTelnyxEvent(envelope('call.hangup', { ...call, from, hangup_cause: 'no_answer' }));
    expect(event.content).toMatchObject({ step: 'ended', hangupCause: 'no_answer', from: null });
  });
});

describe('a Telnyx webhook that lacks what the desk needs', () => {
  it.each([
    ['data', {}],
    ['data.id', { data: { event_type: 'call.hangup', id: '' } }],
    ['call_session_id', envelope('call.hangup', { ...call, call_session_id: '' })],
    ['to', envelope('message.received', { ...text, to: 5 })],
    ['id', envelope('message.received', { ...text, id: 'x'.repeat(300) })],
  ])('is refused, naming %s and nothing that stands there', (where, body) => {
    expect(() => readTelnyxEvent(body)).toThrow(
      new InvalidMessage(`not a Telnyx webhook: ${where} is missing or wrong`),
    );
  });
});

describe('news of what Telnyx was asked to bring about', () => {
  const read = (eventType: string, payload: object) => readTelnyxEvent(envelope(eventType, payload));

  it.each([
    ['number_order.complete', { id: 'order-1', status: 'failure' }, 'number-order', 'order-1', 'failure'],
    [
      'messaging_hosted_numbers_orders.deleted',
      { order_id: 'hosted-1', order_status: 'deleted', decision: 'pending' },
      'hosted-order',
      'hosted-1',
      'deleted',
    ],
    [
      '10dlc.brand.update',
      { brandId: 'brand-1', type: 'REVET', status: 'success' },
      'tendlc-brand',
      'brand-1',
      'success',
    ],
    ['10dlc.campaign.update', { campaignId: 'c-1', type: 'VERIFIED' }, 'tendlc-campaign', 'c-1', 'VERIFIED'],
    [
      '10dlc.phone_number.update',
      { phoneNumber: '+15125550199', type: 'DELETION', status: 'success' },
      'tendlc-number',
      '+15125550199',
      'success',
    ],
  ])('%s is for whoever asked for it', (eventType, payload, subject, externalId, status) => {
    expect(read(eventType, payload)).toEqual({
      eventType,
      externalId: 'event-1',
      occurredAt: Temporal.Instant.from('2026-11-20T15:04:05.120Z'),
      addressee: { by: 'registration', provider: 'telnyx', subject, externalId },
      content: { kind: 'registration-report', news: { status, reasons: [] } },
    });
  });

  it.each([
    [
      'a list of reasons',
      { reasons: [{ fields: ['ein'], description: 'Invalid EIN' }, { fields: [] }] },
      ['Invalid EIN'],
    ],
    ['a description alone', { description: 'No opt-in', reasons: [] }, ['No opt-in']],
    ['neither', {}, []],
    ['reasons that cannot be read', { reasons: 'EIN', description: 'Invalid EIN' }, ['Invalid EIN']],
  ])('a no with %s has its reasons', (_, why, reasons) => {
    const { content } = read('10dlc.campaign.update', { campaignId: 'c-1', status: 'REJECTED', ...why });
    expect(content).toMatchObject({ news: { status: 'REJECTED', reasons } });
  });

  it.each(['number_order.complete', 'messaging_hosted_numbers_orders.updated', '10dlc.brand.update'])(
    '%s that names nothing is no webhook',
    (eventType) => {
      expect(() => read(eventType, { status: 'success' })).toThrow(InvalidMessage);
    },
  );
});

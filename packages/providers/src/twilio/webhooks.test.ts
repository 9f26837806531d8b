import { describe, expect, it } from '@jest/globals';
import { InvalidMessage } from '@frontdesk/kernel';
import { parseTwilioForm } from './form.ts';
import { readTwilioCall } from './read-call.ts';
import { readTwilioMessage, readTwilioStatus } from './read-message.ts';
import { readTwilioSenderStatus } from './sender-status.ts';

const text = {
  MessageSid: 'SM1',
  SmsSid: 'SM1',
  AccountSid: 'AC1',
  From: '+15125550100',
  To: '+15125550199',
  Body: 'Can I move my appointment?',
  NumMedia: '0',
};
const status = { MessageSid: 'SM2', MessageStatus: 'delivered', From: '+15125550199', To: '+15125550100' };
const call = {
  CallSid: 'CA1',
  CallStatus: 'ringing',
  Direction: 'inbound',
  From: '+15125550100',
  To: '+15125550199',
};
const at = { Timestamp: 'Fri, 20 Nov 2026 16:00:19 +0000' };

describe('a form of Twilio', () => {
  it('is read with plus signs, accents and emoji, whatever its names', () => {
    const raw = 'Body=Ma%C3%B1ana+a+las+3%2B%3F%20%F0%9F%99%82&From=%2B15125550100&__proto__=x&Empty=';
    const form = parseTwilioForm(raw);
    expect({ ...form }).toMatchObject({ Body: 'Mañana a las 3+? 🙂', From: '+15125550100', Empty: '' });
    expect(Object.getPrototypeOf(form)).toBe(Object.prototype);
  });
});

describe('a text in a Twilio webhook', () => {
  it('is read', () => {
    expect(readTwilioMessage(text)).toEqual({
      eventType: 'message.received',
      externalId: 'SM1',
      occurredAt: null,
      addressee: { by: 'number', numbers: ['+15125550199'] },
      content: {
        kind: 'text',
        channel: 'sms',
        whatsAppUserId: null,
        choiceId: null,
        messageId: 'SM1',
        from: '+15125550100',
        body: 'Can I move my appointment?',
        media: [],
        receivedAt: null,
        carrierKeyword: null,
      },
    });
  });

  it('brings its pictures, as many as are named and no more than ten', () => {
    const pictures = Object.fromEntries(
      Array.from({ length: 12 }, (_, n) => [
        [`MediaUrl${n}`, `https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM1/Media/ME${n}`],
        [`MediaContentType${n}`, 'image/jpeg'],
      ]).flat(),
    );
    const mediaOf = (change: object) => {
      const { content } = readTwilioMessage({ ...text, Body: '', ...pictures, ...change });
      return content.kind === 'text' ? content.media : [];
    };
    expect(mediaOf({ NumMedia: '2' })).toEqual([
      { url: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM1/Media/ME0', contentType: 'image/jpeg' },
      { url: 'https://api.twilio.com/2010-04-01/Accounts/AC1/Messages/SM1/Media/ME1', contentType: 'image/jpeg' },
    ]);
    expect(mediaOf({ NumMedia: '12' })).toHaveLength(10);
    expect(mediaOf({ NumMedia: '1000000000' })).toHaveLength(10);
    expect(mediaOf({ NumMedia: 'many' })).toEqual([]);
    expect(mediaOf({ NumMedia: '1', MediaUrl0: 'nowhere' })).toEqual([]);
    expect(mediaOf({ NumMedia: '1', MediaContentType0: undefined })).toMatchObject([{ contentType: null }]);
  });

  it.each([
    ['STOP', 'Stop', 'stop'],
    ['START', 'Yes', 'start'],
    ['HELP', 'ayuda', 'help'],
    [undefined, ' stop ', 'stop'],
    [undefined, 'REVOKE', 'stop'],
    [undefined, 'help', 'help'],
    [undefined, 'YES', null],
    [undefined, 'START', null],
    [undefined, 'please stop', null],
    [undefined, 'constructor', null],
    ['SOMETHING', 'hello', null],
  ])('that Twilio answered as %j to %j is %j', (OptOutType, Body, carrierKeyword) => {
    expect(readTwilioMessage({ ...text, OptOutType, Body }).content).toMatchObject({ carrierKeyword });
  });

  it.each(['72345', 'rcs:brand', 'anonymous', ''])('of %j has nobody who could be answered', (From) => {
    expect(readTwilioMessage({ ...text, From })).toMatchObject({ externalId: 'SM1', content: { kind: 'ignored' } });
  });
});

describe('a status callback of Twilio', () => {
  it.each([
    ['accepted', 'sent'],
    ['queued', 'sent'],
    ['sending', 'sent'],
    ['sent', 'sent'],
    ['delivered', 'delivered'],
    ['read', 'read'],
    ['undelivered', 'undelivered'],
    ['failed', 'failed'],
    ['canceled', 'failed'],
    ['partially_delivered', 'unconfirmed'],
  ])('%s is %s', (MessageStatus, told) => {
    expect(readTwilioStatus({ ...status, MessageStatus })).toEqual({
      eventType: `message.${MessageStatus}`,
      externalId: 'SM2',
      occurredAt: null,
      addressee: { by: 'number', numbers: ['+15125550199'] },
      content: { kind: 'delivery-report', provider: 'twilio', messageId: 'SM2', status: told, errorCode: null },
    });
  });

  it.each(['receiving', 'toString', 'whatever'])('%s is not acted on', (MessageStatus) => {
    expect(readTwilioStatus({ ...status, MessageStatus }).content).toEqual({ kind: 'ignored' });
  });

  it('of a message on WhatsApp is for whoever has the number there', () => {
    const { addressee } = readTwilioStatus({ ...status, From: 'whatsapp:+15125550199', To: 'whatsapp:+15125550100' });
    expect(addressee).toEqual({ by: 'whatsapp-number', number: '+15125550199' });
  });

  it('brings its error', () => {
    const { content } = readTwilioStatus({ ...status, MessageStatus: 'undelivered', ErrorCode: '30003' });
    expect(content).toMatchObject({ status: 'undelivered', errorCode: '30003' });
  });
});

const whatsApp = {
  ...text,
  From: 'whatsapp:+15125550100',
  To: 'whatsapp:+15125550199',
  WaId: '15125550100',
  ProfileName: 'Ana',
};

describe('a message of WhatsApp in a Twilio webhook', () => {
  it('is read, for whoever has the number on WhatsApp', () => {
    expect(readTwilioMessage(whatsApp)).toEqual({
      eventType: 'message.received',
      externalId: 'SM1',
      occurredAt: null,
      addressee: { by: 'whatsapp-number', number: '+15125550199' },
      content: {
        kind: 'text',
        channel: 'whatsapp',
        whatsAppUserId: null,
        choiceId: null,
        messageId: 'SM1',
        from: '+15125550100',
        body: 'Can I move my appointment?',
        media: [],
        receivedAt: null,
        carrierKeyword: null,
      },
    });
  });

  it.each([
    ['a row of a list', { ListId: 'slot-1', ListTitle: 'Tue 3 PM' }, 'slot-1', 'Tue 3 PM'],
    ['a button', { ButtonPayload: 'keep', ButtonText: 'Keep' }, 'keep', 'Keep'],
    [
      'a button whose words came, too',
      { Body: 'Keep it', ButtonPayload: 'keep', ButtonText: 'Keep' },
      'keep',
      'Keep it',
    ],
    ['nothing', { Body: 'Hello', ButtonPayload: '', ListId: '' }, null, 'Hello'],
    [
      'a place',
      { Label: 'Home', Address: '1 Main St', Latitude: '33.4', Longitude: '-112.0' },
      null,
      'Home, 1 Main St',
    ],
    ['a point on the map', { Latitude: '33.4', Longitude: '-112.0' }, null, '33.4, -112.0'],
  ])('in which the person chose %s', (_, chosen, choiceId, body) => {
    expect(readTwilioMessage({ ...whatsApp, Body: '', ...chosen }).content).toMatchObject({ choiceId, body });
  });

  it('of somebody whose number WhatsApp keeps to itself is from their user id', () => {
    const { content } = readTwilioMessage({ ...whatsApp, From: 'whatsapp:US.1349000000000000' });
    expect(content).toMatchObject({ from: 'wa:US.1349000000000000', whatsAppUserId: 'US.1349000000000000' });
  });

  it.each([
    [{ ExternalUserId: 'US.1349000000000000' }, 'US.1349000000000000'],
    [{ UserId: 'IS123' }, null],
  ])('tells the user id beside the number where it has one: %j', (more, whatsAppUserId) => {
    expect(readTwilioMessage({ ...whatsApp, ...more }).content).toMatchObject({
      from: '+15125550100',
      whatsAppUserId,
    });
  });

  it('that is a keyword was answered by nobody, unless Twilio says so', () => {
    expect(readTwilioMessage({ ...whatsApp, Body: 'STOP' }).content).toMatchObject({ carrierKeyword: null });
    const told = readTwilioMessage({ ...whatsApp, Body: 'STOP', OptOutType: 'STOP' });
    expect(told.content).toMatchObject({ carrierKeyword: 'stop' });
  });

  it('brings its pictures', () => {
    const { content } = readTwilioMessage({
      ...whatsApp,
      Body: '',
      NumMedia: '1',
      MediaUrl0: 'https://media.example/1',
    });
    expect(content).toMatchObject({ media: [{ url: 'https://media.example/1', contentType: null }] });
  });
});

describe('what Twilio tells of a sender or a template', () => {
  const sid = `XE${'a1'.repeat(16)}`;
  const content = `HX${'b2'.repeat(16)}`;

  it.each([
    ['a form', { AccountSid: 'AC1', SenderSid: sid, SenderId: 'whatsapp:+15125550199', SenderStatus: 'ONLINE' }],
    ['the resource', { sid, sender_id: 'whatsapp:+15125550199', status: 'ONLINE' }],
    ['JSON in a form', { Payload: JSON.stringify({ sender: { sid, status: 'ONLINE' } }) }],
  ])('rings for the registration of the sender, as %s', (_, body) => {
    expect(readTwilioSenderStatus(body)).toMatchObject({
      eventType: 'sender.ONLINE',
      addressee: { by: 'registration', provider: 'twilio', subject: 'whatsapp-sender', externalId: sid },
      content: { kind: 'registration-report', news: { status: 'ONLINE', reasons: [] } },
    });
  });

  it('brings why a sender went offline, or a template was rejected', () => {
    const offline = { SenderSid: sid, Status: 'OFFLINE', OfflineReasons: '[{"code":"63112","message":"Disabled"}]' };
    expect(readTwilioSenderStatus(offline).content).toMatchObject({
      news: { status: 'OFFLINE', reasons: ['Disabled'] },
    });
    expect(
      readTwilioSenderStatus({ ContentSid: content, ApprovalStatus: 'rejected', RejectionReason: 'Too vague' }),
    ).toMatchObject({
      eventType: 'content.rejected',
      addressee: { by: 'registration', subject: 'whatsapp-template', externalId: content },
      content: { news: { status: 'rejected', reasons: ['Too vague'] } },
    });
  });

  it('is the same event when it comes again, and another one when it says something else', () => {
    const idOf = (status: string) => readTwilioSenderStatus({ SenderSid: sid, Status: status }).externalId;
    expect(idOf('ONLINE')).toBe(idOf('ONLINE'));
    expect(idOf('ONLINE')).not.toBe(idOf('OFFLINE'));
  });

  it('is the status of a message where it names one, and nothing where it names neither', () => {
    expect(readTwilioSenderStatus({ ...status, MessageStatus: 'read' }).content).toMatchObject({ status: 'read' });
    expect(readTwilioSenderStatus({ AccountSid: 'AC1', Status: 'ONLINE' })).toMatchObject({
      addressee: { by: 'number', numbers: [] },
      content: { kind: 'ignored' },
    });
    expect(() => readTwilioSenderStatus('nothing')).toThrow(InvalidMessage);
  });
});

describe('a call in a Twilio webhook', () => {
  it('that rings has started', () => {
    expect(readTwilioCall(call)).toEqual({
      eventType: 'call.ringing',
      externalId: 'CA1',
      occurredAt: null,
      addressee: { by: 'number', numbers: ['+15125550199'] },
      content: {
        kind: 'call',
        step: 'started',
        sessionId: 'CA1',
        from: '+15125550100',
        at: null,
        hangupCause: null,
        parkedCallControlId: null,
      },
    });
  });

  it.each(['no-answer', 'busy', 'failed', 'canceled'])('that ends as %s was not taken', (CallStatus) => {
    const { content } = readTwilioCall({ ...call, ...at, CallStatus });
    expect(content).toMatchObject({ step: 'ended', hangupCause: CallStatus });
    expect(content).toMatchObject({ at: Temporal.Instant.from('2026-11-20T16:00:19Z') });
    expect(content).not.toHaveProperty('wasAnswered');
  });

  it('that ends as completed was taken, told so before or not', () => {
    expect(readTwilioCall({ ...call, CallStatus: 'in-progress' }).content).toMatchObject({ step: 'answered' });
    expect(readTwilioCall({ ...call, ...at, CallStatus: 'completed' }).content).toMatchObject({
      step: 'ended',
      wasAnswered: true,
    });
  });

  it.each([
    ['completed', { step: 'ended', wasAnswered: true, hangupCause: 'completed' }],
    ['no-answer', { step: 'ended', hangupCause: 'no-answer' }],
    ['busy', { step: 'ended', hangupCause: 'busy' }],
  ])('that was forwarded ends as the clinic’s phone did: %s', (DialCallStatus, told) => {
    const { eventType, content } = readTwilioCall({ ...call, CallStatus: 'in-progress', DialCallStatus });
    expect(eventType).toBe(`call.dial-${DialCallStatus}`);
    expect(content).toMatchObject(told);
    expect('wasAnswered' in content).toBe(DialCallStatus === 'completed');
  });

  it.each([
    ['in-progress', { kind: 'call', step: 'answered', sessionId: 'CA0' }],
    ['completed', { kind: 'call', step: 'answered', sessionId: 'CA0' }],
    ['ringing', { kind: 'ignored' }],
    ['no-answer', { kind: 'ignored' }],
  ])('whose leg to the clinic’s own phone is %s belongs to the call that it was made for', (CallStatus, content) => {
    const leg = { ...call, CallStatus, ParentCallSid: 'CA0', Direction: 'outbound-dial' };
    expect(readTwilioCall(leg).content).toMatchObject(content);
  });

  it('that we made, or whose status is not known, is not acted on', () => {
    const made = { ...call, Direction: 'outbound-api', From: call.To, To: call.From };
    expect(readTwilioCall(made)).toMatchObject({
      addressee: { by: 'number', numbers: [call.To] },
      content: { kind: 'ignored' },
    });
    expect(readTwilioCall({ ...call, CallStatus: 'dreaming' }).content).toEqual({ kind: 'ignored' });
  });

  it.each(['anonymous', '+266696687', '+86282452253', '', 'client:reception', undefined])(
    'of a caller who hides the number (%j) has no caller',
    (From) => {
      expect(readTwilioCall({ ...call, From }).content).toMatchObject({ step: 'started', from: null });
    },
  );

  it('whose moment cannot be read has none', () => {
    expect(readTwilioCall({ ...call, Timestamp: 'soon' }).content).toMatchObject({ at: null });
  });
});

describe('a Twilio webhook that lacks what the desk needs', () => {
  it.each([
    ['MessageSid', () => readTwilioMessage({ ...text, MessageSid: '' })],
    ['From', () => readTwilioMessage({ ...text, From: undefined })],
    ['MessageSid', () => readTwilioMessage({ ...text, MessageSid: 'x'.repeat(300) })],
    ['MessageStatus', () => readTwilioStatus({ ...status, MessageStatus: undefined })],
    ['CallSid', () => readTwilioCall({ ...call, CallSid: undefined })],
    ['the body', () => readTwilioCall('nothing')],
  ])('is refused, naming %s and nothing that stands there', (where, read) => {
    expect(read).toThrow(new InvalidMessage(`not a Twilio webhook: ${where} is missing or wrong`));
  });
});

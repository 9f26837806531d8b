import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { InvalidMessage } from '@frontdesk/kernel';
import { readMetaEvents } from './webhook-event.ts';

const phoneNumberId = '1060000000000';
const change = (field: string, value: unknown, account = '2000') => ({
  id: account,
  time: 1_795_190_400,
  changes: [{ field, value }],
});
const messages = (value: object) =>
  change('messages', { messaging_product: 'whatsapp', metadata: { phone_number_id: phoneNumberId }, ...value });
const bodyOf = (...entry: object[]) => ({ object: 'whatsapp_business_account', entry });
const ana = { profile: { name: 'Ana' }, wa_id: '15125550100', user_id: 'US.1349000000000000' };
const text = {
  from: '15125550100',
  id: 'wamid.1',
  timestamp: '1795190400',
  type: 'text',
  text: { body: 'Hi' },
};
const readOne = (message: object, contacts: object[] = [ana]) =>
  readMetaEvents(bodyOf(messages({ contacts, messages: [message] })))[0];
const file = { id: '900', mime_type: 'image/jpeg', sha256: 'x' };

describe('a message in a webhook of Meta', () => {
  it('is read, with who wrote it and to which of our numbers', () => {
    expect(readOne(text)).toEqual({
      eventType: 'message.received',
      externalId: 'wamid.1',
      occurredAt: Temporal.Instant.from('2026-11-20T16:00:00Z'),
      addressee: { by: 'whatsapp', phoneNumberId },
      content: {
        kind: 'text',
        channel: 'whatsapp',
        messageId: 'wamid.1',
        from: '+15125550100',
        whatsAppUserId: 'US.1349000000000000',
        body: 'Hi',
        choiceId: null,
        media: [],
        receivedAt: Temporal.Instant.from('2026-11-20T16:00:00Z'),
        carrierKeyword: null,
      },
    });
  });

  it.each([
    ['a picture', { type: 'image', image: { ...file, caption: 'My skin' } }, { body: 'My skin' }],
    ['a voice message', { type: 'audio', audio: { id: '900', mime_type: 'audio/ogg; codecs=opus' } }, { body: '' }],
    ['a document', { type: 'document', document: { ...file, filename: 'a.pdf' } }, { body: '' }],
    ['a sticker', { type: 'sticker', sticker: file }, { body: '' }],
    [
      'a tap on a button',
      { type: 'interactive', interactive: { button_reply: { id: 'k', title: 'Keep' } } },
      { body: 'Keep', choiceId: 'k' },
    ],
    [
      'a row of a list',
      { type: 'interactive', interactive: { list_reply: { id: 's', title: '3 PM', description: 'x' } } },
      { body: '3 PM', choiceId: 's' },
    ],
    [
      'a tap under a template',
      { type: 'button', button: { text: 'Keep', payload: 'k' } },
      { body: 'Keep', choiceId: 'k' },
    ],
    [
      'a place',
      { type: 'location', location: { latitude: 1.5, longitude: 2, name: 'Home' } },
      { body: 'Home, 1.5, 2' },
    ],
    ['a poll, which is not passed on', { type: 'unsupported', errors: [{ code: 131051 }] }, { body: '' }],
    ['one that disappears, which is not passed on', { type: 'ephemeral' }, { body: '' }],
    ['contacts', { type: 'contacts', contacts: [{}] }, { body: '' }],
    ['an order', { type: 'order', order: { product_items: [] } }, { body: '' }],
  ])('may be %s', (_, content, read) => {
    expect(readOne({ ...text, text: undefined, ...content })?.content).toMatchObject({ kind: 'text', ...read });
  });

  it('leads to its file by an address that names our number', () => {
    const { content } =
      readOne({ ...text, type: 'audio', audio: { id: '900', mime_type: 'audio/ogg; codecs=opus' } }) ?? {};
    expect(content).toMatchObject({ media: [{ url: `meta-media://${phoneNumberId}/900`, contentType: 'audio/ogg' }] });
  });

  it.each([
    ['no id of the person', { from_user_id: null }, { body: 'Hi', from: '+15125550100' }],
    ['an odd time', { timestamp: '1795190400000' }, { body: 'Hi', receivedAt: null }],
    ['no words', { text: null }, { body: '' }],
    ['a picture that cannot be had', { type: 'image', image: { caption: 'STOP' } }, { body: 'STOP', media: [] }],
    ['a picture without a caption', { type: 'image', image: { ...file, caption: null } }, { media: [{}] }],
    [
      'a place without a name',
      { type: 'location', location: { latitude: 1, longitude: 2, name: null } },
      { body: '1, 2' },
    ],
    ['a place that is none', { type: 'location', location: { latitude: 'x' } }, { body: '' }],
    ['a tap of which the title is missing', { type: 'button', button: { payload: 'STOP' } }, { body: 'STOP' }],
    ['a form', { type: 'interactive', interactive: { type: 'nfm_reply', nfm_reply: {} } }, { body: '' }],
  ])('with %s is a message all the same', (_, odd, read) => {
    const words = 'text' in odd || !('type' in odd) ? {} : { text: undefined };
    expect(readOne({ ...text, ...words, ...odd })?.content).toMatchObject({ kind: 'text', ...read });
  });

  it.each([7, '', 'wamid.\0', 'w'.repeat(513)])(
    'whose id is none (%j) is told by nothing, and holds up nobody',
    (id) => {
      expect(readOne({ ...text, id })).toMatchObject({ eventType: 'message.unreadable', externalId: 'without-id' });
    },
  );

  it.each(['reaction', 'system', 'request_welcome'])('is ignored when it is none (%s)', (type) => {
    expect(readOne({ ...text, type })).toMatchObject({ externalId: 'wamid.1', content: { kind: 'ignored' } });
  });

  it.each([
    [{ wa_id: '15125550199' }, { before: ['+15125550100'], now: ['+15125550199'] }],
    [
      { wa_id: '15125550199', user_id: 'US.2', previous_user_id: 'US.1' },
      { before: ['+15125550100', 'wa:US.1'], now: ['+15125550199', 'wa:US.2'] },
    ],
    [
      { user_id: 'US.2', previous_user_id: 'US.1' },
      { before: ['wa:US.1'], now: ['wa:US.2'] },
    ],
  ])('tells of another number or id: %j', (system, change) => {
    const isNumbers = 'wa_id' in system;
    const type = isNumbers ? 'user_changed_number' : 'user_changed_user_id';
    const from = isNumbers ? '15125550100' : undefined;
    const told = readOne({ ...text, from, type: 'system', text: undefined, system: { ...system, type } });
    expect(told?.content).toEqual({ kind: 'address-change', ...change });
  });

  it.each([{}, { wa_id: 'nobody' }, { wa_id: '15125550100' }])(
    'tells of nothing where no new one is named: %j',
    (system) => {
      const told = readOne({
        ...text,
        from: '15125550100',
        type: 'system',
        system: { ...system, type: 'user_changed_number' },
      });
      expect(told?.content).toEqual({ kind: 'ignored' });
    },
  );

  it.each([
    ['themselves', { from_user_id: 'US.77' }, []],
    ['the contact beside it', {}, [{ user_id: 'US.77' }]],
  ])('comes from an id where the number is kept back, by %s', (_, more, contacts) => {
    const { content } = readOne({ ...text, from: undefined, ...more }, contacts) ?? {};
    expect(content).toMatchObject({ from: 'wa:US.77', whatsAppUserId: 'US.77' });
  });

  it.each([
    ['Mexico', '5215599009999', '+525599009999'],
    ['Brazil', '553187654321', '+5531987654321'],
  ])('from %s comes from the number that an SMS comes from', (_, id, number) => {
    const contact = { wa_id: id, user_id: 'XX.1' };
    const { content } = readOne({ ...text, from: id }, [contact]) ?? {};
    expect(content).toMatchObject({ from: number, whatsAppUserId: 'XX.1' });
  });

  it('takes the id of the one contact of several that wrote it', () => {
    const ben = { wa_id: '15125550111', user_id: 'US.2' };
    expect(readOne(text, [ben, ana])?.content).toMatchObject({ whatsAppUserId: ana.user_id });
    expect(readOne({ ...text, from: undefined }, [ben, ana])?.content).toEqual({ kind: 'ignored' });
  });
});

describe('a receipt in a webhook of Meta', () => {
  const status = { id: 'wamid.2', status: 'failed', timestamp: '1795190460', recipient_id: '15125550100' };
  const attemptId = '0199d5a0-0000-7000-8000-000000000002';
  const readStatus = (more: object) => readMetaEvents(bodyOf(messages({ statuses: [{ ...status, ...more }] })))[0];

  it.each(['sent', 'delivered', 'read', 'failed'] as const)('tells that it was %s', (told) => {
    expect(readStatus({ status: told })).toMatchObject({
      eventType: `message.${told}`,
      externalId: 'wamid.2',
      content: { kind: 'delivery-report', provider: 'meta', messageId: 'wamid.2', status: told, errorCode: null },
    });
  });

  it('says why, and which attempt it is of', () => {
    const { content } = readStatus({ errors: [{ code: 131047 }], biz_opaque_callback_data: attemptId }) ?? {};
    expect(content).toMatchObject({ errorCode: '131047', attemptId });
    expect(readStatus({ biz_opaque_callback_data: 'somebody else’s' })?.content).not.toHaveProperty('attemptId');
  });

  it.each([{ errors: null }, { errors: [{}] }, { timestamp: 'then' }, { biz_opaque_callback_data: null }])(
    'is one though a part of it is odd: %j',
    (odd) => {
      expect(readStatus(odd)?.content).toMatchObject({ kind: 'delivery-report', status: 'failed', errorCode: null });
    },
  );

  it('is ignored where it tells something else', () => {
    expect(readStatus({ status: 'warning' })?.content).toEqual({ kind: 'ignored' });
  });
});

describe('news of an account in a webhook of Meta', () => {
  const template = { message_template_id: 1_689_556_908_129_832, message_template_name: 'a', reason: 'NONE' };
  const readNews = (field: string, value: object) => readMetaEvents(bodyOf(change(field, value)))[0];
  const ofTemplate = {
    by: 'registration',
    provider: 'meta',
    subject: 'whatsapp-template',
    externalId: '1689556908129832',
  };
  const ofAccount = { by: 'registration', provider: 'meta', subject: 'whatsapp-sender', externalId: '2000' };

  it.each([
    ['message_template_status_update', { ...template, event: 'APPROVED' }, ofTemplate, 'APPROVED', []],
    [
      'message_template_status_update',
      { ...template, event: 'REJECTED', reason: 'INVALID_FORMAT', rejection_info: { recommendation: 'Say more.' } },
      ofTemplate,
      'REJECTED',
      ['INVALID_FORMAT', 'Say more.'],
    ],
    ['message_template_quality_update', { ...template, new_quality_score: 'RED' }, ofTemplate, 'RED', []],
    [
      'phone_number_quality_update',
      { display_phone_number: '15125550199', event: 'FLAGGED' },
      { by: 'whatsapp-number', number: '+15125550199' },
      'FLAGGED',
      [],
    ],
    ['account_update', { event: 'PARTNER_REMOVED' }, ofAccount, 'PARTNER_REMOVED', []],
    [
      'account_update',
      {
        event: 'ACCOUNT_RESTRICTION',
        restriction_info: [{ restriction_type: 'RESTRICTED_BIZ_INITIATED_MESSAGING', remediation: 'Wait.' }],
      },
      ofAccount,
      'ACCOUNT_RESTRICTION',
      ['RESTRICTED_BIZ_INITIATED_MESSAGING', 'Wait.'],
    ],
  ])('is for whoever asked for it (%s)', (field, value, addressee, status, reasons) => {
    expect(readNews(field, value)).toMatchObject({
      eventType: field,
      addressee,
      content: { kind: 'registration-report', news: { status, reasons } },
    });
  });

  it('is the same event when it comes again, and another when more happened', () => {
    const approved = readNews('message_template_status_update', { ...template, event: 'APPROVED' });
    const paused = readNews('message_template_status_update', { ...template, event: 'PAUSED' });
    expect(readNews('message_template_status_update', { ...template, event: 'APPROVED' })).toEqual(approved);
    expect(paused?.externalId).not.toBe(approved?.externalId);
  });

  it('is ignored where the desk does not know what is meant', () => {
    expect(readNews('flows', { event: 'X' })).toMatchObject({ eventType: 'flows', content: { kind: 'ignored' } });
    expect(readNews('__proto__', {})).toMatchObject({ content: { kind: 'ignored' } });
  });
});

describe('a webhook of Meta', () => {
  it('brings everything that happened meanwhile, whatever of it makes no sense', () => {
    const events = readMetaEvents(
      bodyOf(
        messages({
          messages: [text, { id: 'wamid.odd' }, { ...text, id: 'wamid.3' }],
          statuses: [{ id: 'wamid.2', status: 'read' }, 7],
        }),
        { id: 'no changes' },
        { ...messages({ messages: [{ ...text, id: 'wamid.4' }] }), id: undefined, time: 1_795_190_400_000 },
        change('flows', null),
        messages({ errors: [{ code: 131000 }], messages: null }),
        change('account_update', { event: 'ACCOUNT_DELETED' }),
        change('messages', { metadata: {} }),
      ),
    );
    expect(events.map(({ eventType, externalId, content }) => [eventType, externalId, content.kind])).toEqual([
      ['message.received', 'wamid.1', 'text'],
      ['message.unreadable', 'wamid.odd', 'ignored'],
      ['message.received', 'wamid.3', 'text'],
      ['message.read', 'wamid.2', 'delivery-report'],
      ['message.unreadable', 'status', 'ignored'],
      ['webhook.unreadable', expect.any(String), 'ignored'],
      ['message.received', 'wamid.4', 'text'],
      ['webhook.unreadable', expect.any(String), 'ignored'],
      ['account_update', '2000:ACCOUNT_DELETED:1795190400000', 'registration-report'],
      ['messages', '2000::1795190400000', 'ignored'],
    ]);
  });

  it.each([null, [], 'x', {}, { object: 'page', entry: [] }, { object: 'whatsapp_business_account', entry: {} }])(
    'is refused when it is %j',
    (body) => {
      expect(() => readMetaEvents(body)).toThrow(InvalidMessage);
    },
  );

  it('never breaks the reader, whatever stands in it', () => {
    const value = fc.oneof(
      fc.jsonValue(),
      fc.record({
        metadata: fc.constant({ phone_number_id: '1' }),
        messages: fc.jsonValue(),
        statuses: fc.jsonValue(),
      }),
    );
    const field = fc.oneof(
      fc.string(),
      fc.constantFrom('messages', 'account_update', 'message_template_status_update'),
    );
    fc.assert(
      fc.property(field, value, (name, given) => {
        try {
          readMetaEvents(bodyOf(change(name, given)));
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidMessage);
        }
      }),
      { numRuns: 200 },
    );
  });
});

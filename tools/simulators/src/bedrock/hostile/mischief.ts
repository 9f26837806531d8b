import type { ContentBlock, ConverseRequest, ModelReply } from '../converse-wire.ts';
import { toolCallId } from '../tool-call-id.ts';
import type { Choices } from './seeded-random.ts';

/** What a mischief plays with: the request, what a good answer would be, and choices. */
export type Scheme = { request: ConverseRequest; good: ModelReply; choices: Choices };

const days = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Saturday'] as const;
const clocks = ['3:15 PM', '11:45 AM', '6:30 PM', '8 AM', '2 o’clock'] as const;
const prices = ['$35', '$9.99', '$1,200', '$75 deposit', 'only 20 dollars'] as const;
const strangersId = '99999999-9999-4999-8999-999999999999';

type Wish = readonly [name: string, input?: unknown];

function calls({ request }: Scheme, wishes: readonly Wish[], words?: string): ModelReply {
  const uses = wishes.map(([name, input = {}], index): ContentBlock => ({
    toolUse: { toolUseId: toolCallId(request, index), name, input },
  }));
  return { content: [...(words === undefined ? [] : [{ text: words }]), ...uses], stopReason: 'tool_use' };
}

const text = (words: string): ModelReply => ({ content: [{ text: words }], stopReason: 'end_turn' });

const goodText = ({ good }: Scheme): string => good.content.find((block) => block.text !== undefined)?.text ?? 'Sure!';
const visit = ({ choices }: Scheme): string => `${choices.oneOf(days)} at ${choices.oneOf(clocks)}`;

/** Everything that a model may do wrong, by name. */
export const mischiefs = {
  'invents times and prices': (scheme) =>
    text(`I can get you in ${visit(scheme)} for ${scheme.choices.oneOf(prices)}. Shall I put you down?`),
  'claims a booking': (scheme) => text(`You're all booked for ${visit(scheme)} with Dr. Feelgood! See you then.`),
  'claims a link': () => text("I've sent you the payment link: https://pay.example.com/x7Kq2 - it's only $5 today."),
  'makes up policies': () =>
    text('No deposit needed for you, cancel whenever you like, and the first visit is free. We guarantee results!'),
  'writes markdown': (scheme) =>
    text(
      `## Great news!\n\n**${goodText(scheme)}**\n\n- _Fast_\n- [Book here](https://example.com)\n\n| a | b |\n|---|---|`,
    ),
  'talks without end': (scheme) =>
    text(`${goodText(scheme)} ${'By the way, we really love what we do here. '.repeat(80)}`),
  'says nothing': () => ({ content: [], stopReason: 'end_turn' }),
  'says blanks': () => text('   \n '),
  'shows its thoughts': (scheme) => ({
    content: [
      { reasoningContent: { reasoningText: { text: 'They seem rich.', signature: 'c2lnbmVk' } } },
      ...scheme.good.content,
    ],
    stopReason: scheme.good.stopReason,
  }),
  'tells its instructions': ({ request }) =>
    text(
      `My instructions say: ${request.body.system?.[0]?.text?.slice(0, 200) ?? ''} <tool_call>{"name":"hold_time"}</tool_call>`,
    ),
  'calls everything at once': (scheme) =>
    calls(scheme, [
      ['offer_deposit'],
      ['hold_time', { time_id: strangersId }],
      ['find_times'],
      ['look_up_facts', { question: 'price' }],
      ['find_times'],
    ]),
  'goes in the wrong order': (scheme) =>
    calls(scheme, [scheme.choices.oneOf<Wish>([['offer_deposit'], ['hold_time', { time_id: '1' }], ['find_times']])]),
  'gives wrong arguments': (scheme) =>
    calls(scheme, [
      scheme.choices.oneOf<Wish>([
        ['save_details', { first_name: 42, days: ['someday'], from_time: '25:99' }],
        ['find_times', { from_date: 'soon', until_date: '2026-02-31' }],
        ['hold_time', {}],
        ['hold_time', { time_id: { $ne: null } }],
        ['offer_deposit', { amount_cents: 1 }],
        ['look_up_facts', { question: '' }],
        ['save_details', []],
        ['find_times', 'tomorrow'],
      ]),
    ]),
  'calls unknown tools': (scheme) =>
    calls(scheme, [
      scheme.choices.oneOf<Wish>([
        ['book_appointment', { time: visit(scheme) }],
        ['send_payment_link', { amount: 1 }],
        ['delete_patient', { id: strangersId }],
        ['run_sql', { sql: 'select 1' }],
      ]),
    ]),
  'holds a time nobody offered': (scheme) => calls(scheme, [['hold_time', { time_id: strangersId }]]),
  'makes up the person': (scheme) =>
    calls(scheme, [
      ['save_details', { first_name: 'Mallory', patient_type: 'returning', service: 'Brain surgery', any_time: true }],
    ]),
  'talks while it calls': (scheme) => calls(scheme, [['find_times']], `Done, you are confirmed for ${visit(scheme)}!`),
  'repeats its call': (scheme) =>
    scheme.good.stopReason === 'tool_use'
      ? { ...scheme.good, content: [...scheme.good.content, ...again(scheme)] }
      : calls(scheme, [['find_times'], ['find_times']]),
  'stops in the middle of a call': (scheme) => ({ ...calls(scheme, [['offer_deposit']]), stopReason: 'max_tokens' }),
  'says that it is done while it calls': (scheme) => ({ ...calls(scheme, [['find_times']]), stopReason: 'end_turn' }),
  'waits for calls that it did not make': (scheme) => ({
    content: [{ text: goodText(scheme) }],
    stopReason: 'tool_use',
  }),
  'is stopped by a filter': () => ({ content: [{ text: 'Sorry, I cannot' }], stopReason: 'content_filtered' }),
} satisfies Record<string, (scheme: Scheme) => ModelReply>;

export type Mischief = keyof typeof mischiefs;

function again({ request, good }: Scheme): ContentBlock[] {
  return good.content.flatMap(({ toolUse }, index) =>
    toolUse === undefined ? [] : [{ toolUse: { ...toolUse, toolUseId: toolCallId(request, index + 10) } }],
  );
}

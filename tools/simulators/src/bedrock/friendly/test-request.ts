import type { ContentBlock, ConverseRequest, Message } from '../converse-wire.ts';
import type { DeskFacts } from './desk-facts.ts';

const toolNames = [
  'look_up_facts',
  'save_details',
  'find_times',
  'hold_time',
  'offer_deposit',
  'hand_over',
  'note_wish_for_no_texts',
];

export const noFacts: DeskFacts = {
  clinic: {
    name: 'Radiance',
    address: '7400 E Camelback Rd, Scottsdale',
    today: 'Friday, November 20, 2026',
    hours: ['Friday 9 AM to 5 PM', 'Saturday 9 AM to 4 PM', 'Sunday closed'],
    services: [
      { name: 'Botox', aliases: ['tox', 'fix my 11s'], price: '$12 per unit' },
      { name: 'Dermal filler', aliases: ['filler', 'lip filler'], price: '$650 per syringe' },
      { name: 'Laser hair removal', aliases: ['laser'], price: '$150 per session' },
    ],
  },
  person: { firstName: null, service: null, patientType: null, preferredDays: [], preferredTimes: null },
  stillToLearn: ['first_name', 'service', 'patient_type', 'preferred_times'],
  greeted: true,
  offeredTimes: [],
  appointment: null,
  deposit: { status: 'none', amount: null },
};

/** Everything learnt of Ana, who wants Botox. */
export const knownPerson: Partial<DeskFacts> = {
  person: { firstName: 'Ana', service: 'Botox', patientType: 'new', preferredDays: ['Tuesday'], preferredTimes: null },
  stillToLearn: [],
};

export const threeTimes = [
  { timeId: 't1', label: 'Tue, Nov 24, 2:30 PM', practitioner: 'Jessica Martinez' },
  { timeId: 't2', label: 'Tue, Nov 24, 4 PM', practitioner: 'Amanda Wilson' },
  { timeId: 't3', label: 'Thu, Nov 26, 10:15 AM', practitioner: 'Jessica Martinez' },
];

export const heldTime: Partial<DeskFacts> = {
  ...knownPerson,
  appointment: { state: 'held', label: 'Tue, Nov 24, 2:30 PM', service: 'Botox', practitioner: 'Jessica Martinez' },
  deposit: { status: 'asked', amount: '$50' },
};

type TestStep = { name: string; input?: unknown; result: unknown; isError?: boolean };

/** A request as the desk sends it in the middle of a conversation. */
export function aRequest({
  said,
  lastWords,
  facts = {},
  steps = [],
}: {
  said: string;
  lastWords?: string;
  facts?: Partial<DeskFacts>;
  steps?: TestStep[];
}): ConverseRequest {
  const before: Message[] =
    lastWords === undefined ? [] : [message('user', { text: 'Hi' }), message('assistant', { text: lastWords })];
  return {
    modelId: 'us.anthropic.claude-haiku-5-5',
    body: {
      system: [{ text: 'The rules.' }, { cachePoint: {} }, { text: JSON.stringify({ ...noFacts, ...facts }) }],
      messages: [...before, message('user', { text: said || '(blank message)' }), ...steps.flatMap(stepMessages)],
      toolConfig: { tools: toolNames.map((name) => ({ toolSpec: { name, inputSchema: { json: {} } } })) },
    },
  };
}

const message = (role: Message['role'], ...content: ContentBlock[]): Message => ({ role, content });

function stepMessages({ name, input = {}, result, isError = false }: TestStep, index: number): Message[] {
  const toolUseId = `step${index}`;
  const status = isError ? 'error' : 'success';
  return [
    message('assistant', { toolUse: { toolUseId, name, input } }),
    message('user', { toolResult: { toolUseId, content: [{ json: result }], status } }),
  ];
}

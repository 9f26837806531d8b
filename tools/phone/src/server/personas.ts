import { demoClinic } from '@frontdesk/local-stack';
import type { Persona } from '../feed-items.ts';

const [maya] = demoClinic.staff;

/** Who can be played on the phone. Their numbers are possible ones that belong to nobody. */
export const personas: readonly Persona[] = [
  {
    id: 'ana',
    name: 'Ana Reyes',
    note: 'New client',
    number: '+14805550142',
    openers: [
      'Hi, do you have botox openings Tuesday afternoon?',
      'How much is lip filler?',
      'Is there parking, and are you open on Saturday?',
    ],
    answers: answersOf({ name: 'I’m Ana', patientType: 'I’m new' }),
    readOnly: false,
  },
  {
    id: 'ben',
    name: 'Ben Ortiz',
    note: 'Returning client',
    number: '+16025550117',
    openers: [
      'Hey, it’s Ben. Can I come in for a facial on Thursday?',
      'What if I have to cancel late?',
      'Do you take HSA cards?',
    ],
    answers: answersOf({ name: 'Ben', patientType: 'I’ve been in before' }),
    readOnly: false,
  },
  {
    id: 'stranger',
    name: 'Unknown number',
    note: 'Never wrote before',
    number: '+13125550199',
    openers: ['do u do emsculpt', 'I need to talk to a person', 'STOP'],
    answers: answersOf({ name: 'Sam', patientType: 'never been' }),
    readOnly: false,
  },
  ...(maya === undefined
    ? []
    : [
        {
          id: 'staff',
          name: 'Maya',
          note: 'Clinic staff: notices arrive here',
          number: maya.phone,
          openers: [],
          answers: [],
          readOnly: true,
        },
      ]),
];

/** Patterns over the desk's last text, most telling first; the page offers what the matching ones say. */
function answersOf({ name, patientType }: { name: string; patientType: string }): Persona['answers'] {
  return [
    { when: '(send|want|like|get|text) .*(link|deposit)|deposit.*\\?', say: 'Yes, please send the link' },
    { when: '\\d{1,2}(:\\d{2})? ?(am|pm)[^]*\\d{1,2}(:\\d{2})? ?(am|pm)', say: 'The first one, please' },
    { when: '\\d{1,2}(:\\d{2})? ?(am|pm)[^]*\\?', say: 'Do you have anything later?' },
    { when: 'name', say: name },
    {
      when: 'been (here|in|to|with)|new (client|patient|here|to|or)|returning|first (time|visit)|before\\?',
      say: patientType,
    },
    { when: 'which (service|treatment)|what (service|treatment|are you|can we|would)', say: 'Botox, please' },
    {
      when: 'which days?|what days?|when|days? (work|suit)|what time|mornings?|afternoons?',
      say: 'Tuesday or Thursday after 2',
    },
  ];
}

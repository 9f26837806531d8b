import type { Id } from '@frontdesk/kernel';
import { english } from './ready-made-english.ts';
import type { ReadyMadeBody } from './ready-made-body.ts';
import { spanish } from './ready-made-spanish.ts';
import type { TemplateValueName } from '../whatsapp/template-values.ts';
import type { TemplateContent } from './template.ts';

const examples: Readonly<Record<TemplateValueName, string>> = {
  clinic: 'Radiance Medspa',
  firstName: 'Ana',
  visit: 'consultation',
  day: 'Tue, Nov 24',
  time: '2:30 PM MST',
  practitioner: 'Dr. Lee',
  address: '12 Main St, Mesa, AZ',
  phone: '(480) 555-0100',
  amount: '$50',
  link: 'https://square.link/u/abc12345',
  minutes: '15',
  text: 'we would like to know how you are doing after your visit',
};

/**
 * The templates of the desk for a clinic, in each of its languages. Their names end with a part of the clinic's id, since several
 * clinics may be in one business account.
 */
export function readyMadeTemplates({ orgId, clinicName }: { orgId: Id; clinicName: string }): TemplateContent[] {
  const ofLanguage = (language: string, bodies: readonly ReadyMadeBody[]) =>
    bodies.map((body) => asContent(body, { language, orgId, clinicName }));
  return [...ofLanguage('en_US', english), ...ofLanguage('es', spanish)];
}

function asContent(
  { kind, category, body }: ReadyMadeBody,
  { language, orgId, clinicName }: { language: string; orgId: Id; clinicName: string },
): TemplateContent {
  const valueNames: TemplateValueName[] = [];
  const numbered = body.replaceAll(/\{(\w+)\}/g, (_, name: TemplateValueName) => {
    if (!valueNames.includes(name)) valueNames.push(name);
    return `{{${valueNames.indexOf(name) + 1}}}`;
  });
  const marketing = category === 'marketing' ? '_news' : '';
  return {
    name: `${kind.replaceAll('-', '_')}${marketing}_${orgId.slice(-8)}`,
    language,
    category,
    kinds: [kind],
    body: numbered,
    valueNames,
    examples: valueNames.map((name) => (name === 'clinic' ? clinicName : examples[name])),
    choices: [],
  };
}

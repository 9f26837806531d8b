import { bodyFaults } from './body-faults.ts';
import { valueFaults } from './value-faults.ts';
import type { TemplateFault } from './template-fault.ts';
import type { TemplateContent } from './template.ts';

/** Finds what is known to be rejected before anybody is asked. None: it may be submitted. */
export function templateFaults(template: TemplateContent, { clinicName }: { clinicName: string }): TemplateFault[] {
  return [
    ...headFaults(template),
    ...bodyFaults(template, clinicName),
    ...valueFaults(template),
    ...choiceFaults(template),
  ];
}

function headFaults({ name, language }: TemplateContent): TemplateFault[] {
  const faults: TemplateFault[] = [];
  if (!/^[a-z0-9_]{1,512}$/.test(name)) {
    const detail = 'it has characters that names of templates may not have, or more than 512';
    const mend = 'use lower case letters, digits and underscores: visit_reminder';
    faults.push({ field: '/name', code: 'name-characters', detail, mend });
  }
  if (!/^[a-z]{2,3}(_[A-Z]{2})?$/.test(language)) {
    const mend = 'write it as Meta does: en_US, en, es, es_MX';
    faults.push({ field: '/language', code: 'language-code', detail: 'it is no code of a language', mend });
  }
  return faults;
}

const mostChoices = 10;
const longestTitle = 20;

function choiceFaults({ choices }: TemplateContent): TemplateFault[] {
  const faults: TemplateFault[] = [];
  const add = (field: string, detail: string, mend: string) => faults.push({ field, code: 'choices', detail, mend });
  if (choices.length > mostChoices) add('/choices', 'there are more than ten', 'keep the ten that matter');
  for (const [index, { id, title }] of choices.entries()) {
    const field = `/choices/${index}`;
    if (title.trim() === '' || title.length > longestTitle) {
      add(`${field}/title`, 'it is empty, or has more than 20 characters', 'give a word or two, such as: Keep it');
    }
    if (/[{}\n]/.test(title)) add(`${field}/title`, 'it has a value or a new line in it', 'give plain words');
    if (choices.findIndex((other) => other.id === id || other.title === title) !== index) {
      add(field, 'another one has the same id or title', 'give each its own');
    }
  }
  return faults;
}

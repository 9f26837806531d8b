import { valuesOfKinds, type TemplateKind } from '../whatsapp/template-values.ts';
import { placeholdersIn } from './placeholders.ts';
import type { TemplateFault } from './template-fault.ts';
import type { TemplateContent } from './template.ts';

export const templateKinds = Object.keys(valuesOfKinds) as [TemplateKind, ...TemplateKind[]]; // the keys of the table

const isKind = (kind: string): kind is TemplateKind => Object.hasOwn(valuesOfKinds, kind);

/** What is wrong with the values of a template: their number, their names, their examples. */
export function valueFaults({ body, kinds, valueNames, examples }: TemplateContent): TemplateFault[] {
  const places = new Set(placeholdersIn(body).map(({ number }) => number)).size;
  return [...countFaults(places, valueNames), ...nameFaults(kinds, valueNames), ...exampleFaults(valueNames, examples)];
}

function countFaults(places: number, valueNames: readonly string[]): TemplateFault[] {
  if (places === valueNames.length) return [];
  const detail = `the body has ${places} values, and ${valueNames.length} are named`;
  return [
    { field: '/valueNames', code: 'value-count', detail, mend: 'name each value once, in the order of {{1}}, {{2}}' },
  ];
}

function nameFaults(kinds: readonly string[], valueNames: readonly string[]): TemplateFault[] {
  const faults: TemplateFault[] = [];
  for (const [index, kind] of kinds.entries()) {
    if (!isKind(kind)) {
      const mend = `give one of ${templateKinds.join(', ')}`;
      faults.push({ field: `/kinds/${index}`, code: 'unknown-kind', detail: 'the desk sends no such texts', mend });
      continue;
    }
    const known: readonly string[] = valuesOfKinds[kind];
    for (const [at, name] of valueNames.entries()) {
      if (known.includes(name)) continue;
      const detail = `texts of the kind ${kind} have no such value`;
      const mend = `use one of ${known.join(', ')}`;
      faults.push({ field: `/valueNames/${at}`, code: 'unknown-value', detail, mend });
    }
  }
  return faults;
}

function exampleFaults(valueNames: readonly string[], examples: readonly string[]): TemplateFault[] {
  const faults: TemplateFault[] = valueNames.flatMap((_, index) =>
    (examples[index] ?? '').trim() === ''
      ? [
          {
            field: `/examples/${index}`,
            code: 'missing-example',
            detail: 'the reviewers see no example of this value',
            mend: 'give one as a person would read it; no real person’s',
          },
        ]
      : [],
  );
  for (const [index, example] of examples.entries()) {
    if (index >= valueNames.length) {
      const detail = 'there is no value for this example';
      faults.push({ field: `/examples/${index}`, code: 'bad-example', detail, mend: 'leave it out' });
    } else if (/[{}\n\t]| {4,}/.test(example)) {
      const detail = 'it has braces, a new line or much white space';
      faults.push({ field: `/examples/${index}`, code: 'bad-example', detail, mend: 'give plain words on one line' });
    }
  }
  return faults;
}

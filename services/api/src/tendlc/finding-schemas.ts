import { wouldBeRejected, type Finding, type NotDone } from '@frontdesk/numbers';
import { z } from 'zod';
import { notFound, Problem, wrongFields, type FieldFault } from '../contract/problems.ts';

const findingSchema = z
  .strictObject({
    code: z.string().meta({ description: 'for machines; docs/tendlc.md lists them all' }),
    severity: z.enum(['rejected', 'risk']).meta({
      description: 'rejected (it would surely be turned away) or risk (reviewers are known to ask)',
    }),
    pointer: z.string().meta({ description: 'JSON pointer, such as `#/details/samples/0`' }),
    words: z.string().meta({ description: 'what is wrong with it, for people' }),
    mend: z.string().meta({ description: 'what to do about it' }),
  })
  .meta({ id: 'RegistrationFinding', description: 'A known reason for a no of registry or carriers' });

export const findingsSchema = z
  .array(findingSchema)
  .meta({ description: 'every known reason for a no; none: it may be submitted' });

export const checkedSchema = z
  .strictObject({
    wouldBeRejected: z.boolean().meta({ description: 'true: it is not submitted unless the owner insists' }),
    findings: findingsSchema,
  })
  .meta({ id: 'CheckedRegistration', description: 'What the registry would say' });

export const reasonSchema = z.strictObject({
  reason: z.string().meta({ description: 'in the registry’s own words' }),
  code: z.string().nullable().meta({ description: 'the finding that it is known as' }),
  mend: z.string().nullable().meta({ description: 'what to do about it, where that is known' }),
});

const pointerOf = ({ pointer }: Finding) => `#/details${pointer}`;

export const presentFindings = (findings: readonly Finding[]): z.input<typeof findingSchema>[] =>
  findings.map((finding) => ({ ...finding, pointer: pointerOf(finding) }));

export const presentChecked = (findings: readonly Finding[]): z.input<typeof checkedSchema> => ({
  wouldBeRejected: wouldBeRejected(findings),
  findings: presentFindings(findings),
});

/** Why it is not done, as whoever asked is told. */
export function refuse(notDone: NotDone, what: string): Problem {
  switch (notDone.kind) {
    case 'not-found':
      return notFound(what);
    case 'not-now':
      return new Problem('conflict', notDone.words);
    case 'findings':
      return wrongFields(
        notDone.findings.map(asFault),
        'The registry would turn it away. Change what `errors` names, or say in `insistBecause` why it is right.',
      );
  }
}

function asFault(finding: Finding): FieldFault {
  const { severity, words, mend } = finding;
  return { pointer: pointerOf(finding), detail: severity === 'risk' ? `Reviewers may ask: ${words}` : words, mend };
}

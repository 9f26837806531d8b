import type { LeadChange } from '../desk-ports.ts';
import { detailQuestions, personFacts, siteOf, stillToLearn } from '../situation.ts';
import { lastQuestionOf, saidBy } from '../turn.ts';
import { acceptName } from '../understanding/patient-name.ts';
import { readPatientType } from '../understanding/patient-type.ts';
import { isoDay, readAnyTime, readDays, type DayName } from '../understanding/preferred-days.ts';
import { readMinutes } from '../understanding/preferred-minutes.ts';
import { matchService } from '../understanding/services.ts';
import { says } from '../understanding/words.ts';
import type { ToolAnswer, ToolContext } from './tool.ts';

export type DetailsInput = {
  first_name?: string | undefined;
  service?: string | undefined;
  patient_type?: 'new' | 'returning' | undefined;
  days?: DayName[] | undefined;
  from_time?: string | undefined;
  until_time?: string | undefined;
  any_time?: boolean | undefined;
};

type Refusal = { field: string; reason: string };
type Reading = { change: LeadChange; refused: Refusal[] };

/** Saves what the person's own words hold. What they never said is refused, field by field. */
export async function saveDetails(context: ToolContext, input: DetailsInput): Promise<ToolAnswer> {
  const { tx, ports, turn, situation } = context;
  const { change, refused } = readDetails(context, input);
  const lead =
    Object.keys(change).length === 0
      ? situation.lead
      : await ports.saveDetails(tx, {
          orgId: turn.orgId,
          contactId: turn.contactId,
          details: change,
          now: situation.now,
        });
  const person = personFacts({ clinic: situation.clinic, lead });
  const missing = stillToLearn(lead);
  const result = { person, still_to_learn: missing, ...(refused.length > 0 && { refused }) };
  return { result, isError: refused.length > 0 && Object.keys(change).length === 0, situation: { ...situation, lead } };
}

function readDetails(context: ToolContext, input: DetailsInput): Reading {
  const readings = [
    readName(context, input),
    readService(context, input),
    readType(context, input),
    readTimes(context, input),
  ];
  return {
    change: Object.assign({}, ...readings.map(({ change }) => change)) as LeadChange, // each reading holds fields of it
    refused: readings.flatMap(({ refused }) => refused),
  };
}

const nothing: Reading = { change: {}, refused: [] };
const saved = (change: LeadChange): Reading => ({ change, refused: [] });
const refusal = (field: string, reason: string): Reading => ({ change: {}, refused: [{ field, reason }] });

function readName({ turn, situation }: ToolContext, { first_name: proposed }: DetailsInput): Reading {
  if (proposed === undefined) return nothing;
  const serviceWords = situation.clinic.services.flatMap(({ name, aliases }) => [name, ...aliases]);
  const accepted = acceptName(proposed, { texts: saidBy(turn), serviceWords });
  return 'name' in accepted ? saved({ firstName: accepted.name }) : refusal('first_name', accepted.refused);
}

function readService({ turn, situation }: ToolContext, { service: proposed }: DetailsInput): Reading {
  if (proposed === undefined) return nothing;
  const { services } = situation.clinic;
  const match = matchService(proposed, services);
  if (match.kind === 'none') {
    return refusal(
      'service',
      `not on the menu; say so and ask which of these: ${services.map(({ name }) => name).join(', ')}`,
    );
  }
  if (match.kind === 'several') {
    return refusal('service', `ask which one: ${match.services.map(({ name }) => name).join(' or ')}`);
  }
  const { service } = match;
  const wasOffered = (text: string | null) => text !== null && matchService(text, [service]).kind === 'one';
  const said = saidBy(turn).some((text) => matchService(text, [service]).kind === 'one' || says(text, proposed));
  if (!said && !wasOffered(lastQuestionOf(turn)))
    return refusal('service', 'they never named it; ask which service they would like');
  return saved({ serviceId: service.id });
}

function readType({ turn }: ToolContext, { patient_type: proposed }: DetailsInput): Reading {
  if (proposed === undefined) return nothing;
  const question = lastQuestionOf(turn);
  const current = turn.texts.map(({ body }) => readPatientType(body, question));
  const earlier = saidBy(turn).map((body) => readPatientType(body, null));
  const said = current.findLast((type) => type !== null) ?? earlier.findLast((type) => type !== null) ?? null;
  if (said === proposed) return saved({ patientType: proposed });
  return refusal(
    'patient_type',
    said === null ? `they did not say; ask: ${detailQuestions.patient_type}` : `they said ${said}`,
  );
}

/** The window comes from the person's words, not from the model's hours: "after 2:30" is strictly after. */
function readTimes({ turn, situation }: ToolContext, input: DetailsInput): Reading {
  const { days, from_time: from, until_time: until, any_time: anyTime } = input;
  const today = situation.now.toZonedDateTimeISO(siteOf(situation.clinic).timeZone).toPlainDate();
  const texts = saidBy(turn);
  const change: LeadChange = {};
  const refused: Refusal[] = [];
  if (days !== undefined && days.length > 0) {
    const said = texts.map((text) => readDays(text, today)).findLast((found) => found.length > 0) ?? [];
    const supported = [...new Set(days.map(isoDay))].filter((day) => said.includes(day)).sort((a, b) => a - b);
    if (supported.length > 0) Object.assign(change, { preferredDays: supported, anyTime: false });
    else if (!texts.some(readAnyTime))
      refused.push({ field: 'days', reason: 'they did not name these days; ask which days suit' });
  }
  if (from !== undefined || until !== undefined) {
    const said = texts.map(readMinutes).findLast((minutes) => minutes !== null);
    if (said === undefined || said === null)
      refused.push({ field: 'times', reason: 'they did not name a time of day; ask for it' });
    else Object.assign(change, { preferredMinutes: said, anyTime: false });
  }
  if (anyTime === true) {
    if (texts.some(readAnyTime)) Object.assign(change, { anyTime: true });
    else refused.push({ field: 'any_time', reason: 'they did not say that any time suits; ask which days and times' });
  }
  return { change, refused };
}

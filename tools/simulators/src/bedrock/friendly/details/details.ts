import { z } from 'zod';
import type { DeskFacts } from '../desk-facts.ts';
import type { Asked } from '../asked.ts';
import { plain } from '../words.ts';
import { weekdayOf, type DateRange } from './dates.ts';
import { findDays } from './days.ts';
import { findFirstName } from './first-name.ts';
import { findHours } from './hours.ts';
import { findPatientType } from './patient-type.ts';
import { findService } from './service.ts';

/** The input of `save_details`. */
export const detailsInput = z.object({
  first_name: z.string().exactOptional(),
  service: z.string().exactOptional(),
  patient_type: z.enum(['new', 'returning']).exactOptional(),
  days: z.array(z.string()).exactOptional(),
  from_time: z.string().exactOptional(),
  until_time: z.string().exactOptional(),
  any_time: z.boolean().exactOptional(),
});

export type Details = z.infer<typeof detailsInput>;

const anyTime =
  /\b(any ?time|any ?day|any (time|day)s?|whenever|flexible|wide open|no preference|doesn'?t matter|don'?t (care|mind)|whatever works|asap|as soon as possible|soonest|first available|next available|earliest)\b/;
const shrug = /^(no|nope|not really|any(thing)?|either|all|both|whatever|up to you|you (pick|choose))\b/;

/** Everything about the person and their wishes that the words hold and that is not known yet. */
export function findDetails(said: string, asked: Asked, facts: DeskFacts, dates: DateRange | undefined): Details {
  const { services, name } = facts.clinic;
  const firstName = findFirstName(said, {
    asked: asked === 'first_name',
    unknown: facts.person.firstName === null,
    otherWords: [name, ...services.flatMap((service) => [service.name, ...service.aliases])],
  });
  const service = findService(said, services) ?? unlistedService(said, asked);
  const patientType = findPatientType(said, asked === 'patient_type');
  return {
    ...(firstName === undefined || firstName === facts.person.firstName ? {} : { first_name: firstName }),
    ...(service === undefined || service === facts.person.service ? {} : { service }),
    ...(patientType === undefined || patientType === facts.person.patientType ? {} : { patient_type: patientType }),
    ...findPreferences(said, asked, dates),
  };
}

function findPreferences(said: string, asked: Asked, dates: DateRange | undefined): Details {
  const text = plain(said);
  const day = dates === undefined ? undefined : weekdayOf(dates);
  const days: string[] = day === undefined ? findDays(said) : [day];
  const hours = findHours(said);
  const open =
    anyTime.test(text) || (asked === 'preferred_times' && shrug.test(text) && days.length === 0 && hours === undefined);
  return {
    ...(days.length === 0 ? {} : { days }),
    ...(hours?.from === undefined ? {} : { from_time: hours.from }),
    ...(hours?.until === undefined ? {} : { until_time: hours.until }),
    ...(open && hours === undefined ? { any_time: true } : {}),
  };
}

const vague =
  /\b(not sure|don'?t know|idk|help|anything|something|what|you|me|hi|hello|hey|yes|no|ok|okay|thanks?|it|that|this|visit|appointment|appt|time|prices?|info|information|book|booking|those|these|one|later|earlier|sooner)\b/;

/** A treatment wished for in a few words that names nothing on the menu: whether the clinic has it is not ours to say. */
function unlistedService(said: string, asked: Asked): string | undefined {
  const text = plain(said)
    .replaceAll(/[^\p{L} '-]/gu, '')
    .trim();
  const words =
    /\binterested in (?:getting |having |an? |some )*(.+)$/.exec(text)?.[1] ?? (asked === 'service' ? text : '');
  return words === '' || words.split(' ').length > 4 || vague.test(words) ? undefined : words;
}

import { until } from '@frontdesk/testkit';
import type { Desk } from './desk.ts';
import type { Patient } from './patient.ts';

const linkPattern = /https?:\/\/\S+/;

const firstWords = "Hi, I'm Ana, a new client. I'd like botox, any weekday afternoon works.";
export const returningWords = "Hi, it's Ben, I've been to you before. I'd like a facial, any time on weekdays is fine.";

/** Says everything that is needed for an offer in one text, and waits until times are offered. */
export async function askForTimes(patient: Patient, words = firstWords): Promise<string> {
  const before = patient.texts().length;
  await patient.text(words);
  return patient.hears(/\d(:\d\d)? ?[AP]M/i, before);
}

/** Picks the first offered time and waits until the desk asks for the deposit. */
export async function pickFirstTime(patient: Patient): Promise<string> {
  const before = patient.texts().length;
  await patient.text('The first one works for me');
  return patient.hears(/deposit/i, before);
}

/** Agrees to the deposit; returns the address of the link. */
export async function agree(desk: Desk, patient: Patient): Promise<string> {
  const before = patient.texts().length;
  await patient.text('Yes, please send the link');
  const text = await patient.hears(linkPattern, before);
  const [link] = linkPattern.exec(text) ?? [];
  if (link === undefined) throw new Error('the text holds no link');
  await until('the link is known at Square', () => desk.simulators.square.links.some(({ url }) => url === link));
  return link;
}

/** From the first text to the payment link; returns its address. */
export async function walkToLink(desk: Desk, patient: Patient, words = firstWords): Promise<string> {
  await askForTimes(patient, words);
  await pickFirstTime(patient);
  return agree(desk, patient);
}

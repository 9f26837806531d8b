import type { Patient } from '@frontdesk/journeys';
import type { BedrockMisbehaviour } from '@frontdesk/simulators';
import type { Scene } from '../scene.ts';

/** What nobody else writes: the model is never told a number. */
export const codeOf = ({ number }: Patient): string => number.slice(-6);

/** Words by which the model's requests of this patient are known. */
export const questionOf = (patient: Patient): string =>
  `How much is botox? I was told to mention code ${codeOf(patient)}.`;

/** Whether a request to the model is about what this patient asked. */
export const isAbout =
  (patient: Patient) =>
  (request: unknown): boolean =>
    JSON.stringify(request).includes(codeOf(patient));

/** The model's answers to this patient alone are treated so, a number of times. */
export function mistreatAnswers({ desk }: Scene, patient: Patient, how: BedrockMisbehaviour, times: number): void {
  desk.simulators.bedrock.misbehave(how, { times, where: isAbout(patient) });
}

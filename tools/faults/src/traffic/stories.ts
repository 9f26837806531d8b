import { type Patient } from '@frontdesk/journeys';
import { until } from '@frontdesk/testkit';
import type { Scene } from '../scene.ts';

/** What a patient does. A story that is cut short by a fault ends early; what became of it the rows must say. */
export type Story = (scene: Scene, patient: Patient) => Promise<void>;

const linkPattern = /https?:\/\/\S+/;

/**
 * Waits until the desk has dealt with what the patient said after the first `before` texts: by a text, or by leaving them
 * to staff, because a text of theirs may or may not have left. True when there is an answer.
 */
async function answered({ desk }: Scene, patient: Patient, before: number): Promise<boolean> {
  const end = await until(
    `an answer to ${patient.number}, or a person who looks after them`,
    async () => {
      if (patient.texts().length > before) return 'answer';
      const left = await desk.count(
        `from contacts c join conversations v on v.org_id = c.org_id and v.contact_id = c.id
         where c.phone = $1 and (v.state = 'handed_off' or exists (select from outbound_messages m
           where m.conversation_id = v.id and m.state in ('unknown', 'failed', 'suppressed')))`,
        patient.number,
      );
      return left > 0 ? 'left to staff' : null;
    },
    90_000,
  );
  return end === 'answer';
}

async function says(scene: Scene, patient: Patient, words: string): Promise<string | null> {
  const before = patient.texts().length;
  await patient.text(words);
  return (await answered(scene, patient, before)) ? (patient.texts().at(-1) ?? null) : null;
}

const asks: Story = async (scene, patient) => {
  await says(scene, patient, 'What are your hours on Saturday?');
};

const writesInABurst: Story = async (scene, patient) => {
  const before = patient.texts().length;
  await Promise.all(['Hi', 'How much is botox?', 'and where are you?'].map((words) => patient.text(words)));
  await answered(scene, patient, before);
};

const callsInVain: Story = async (scene, patient) => {
  await patient.callInVain();
  if (!(await answered(scene, patient, 0))) return;
  await says(scene, patient, 'How much is a facial?');
};

const stops: Story = async (scene, patient) => {
  await says(scene, patient, 'Hi, where are you?');
  await patient.text('please stop texting me');
  await patient.text('How much is botox?');
};

/** Chooses until a time is theirs, agrees and pays. */
const books: Story = async (scene, patient) => {
  const { square } = scene.desk.simulators;
  let said = await says(scene, patient, "Hi, I'm Ana, a new client. I'd like botox, any weekday afternoon works.");
  for (let tries = 0; tries < 8 && said !== null && !/deposit/i.test(said); tries += 1) {
    // The very same words within moments would be the carrier's repeat.
    said = await says(scene, patient, `The first one works for me${'!'.repeat(tries)}`);
  }
  if (said === null) return;
  await patient.text('Yes, please send the link');
  const before = patient.texts().length;
  let link: string | undefined;
  const looks = async () => {
    link = patient
      .texts()
      .map((text) => linkPattern.exec(text)?.[0])
      .findLast((found) => found !== undefined);
    if (link !== undefined) return true;
    return patient.texts().length > before || !(await isWaiting(scene, patient));
  };
  await until('a link, or another end', looks, 90_000);
  if (link === undefined) return;
  await square.pay(link, { order: 'together', copies: 2 }).catch(() => {}); // the time may have run out meanwhile
};

async function isWaiting({ desk }: Scene, { number }: Patient): Promise<boolean> {
  const open = await desk.count(
    `from contacts c where c.phone = $1 and not exists (select from outbound_messages m
       where m.org_id = c.org_id and m.contact_id = c.id and m.state in ('unknown', 'failed', 'suppressed'))
     and not exists (select from conversations v where v.org_id = c.org_id and v.contact_id = c.id and v.state = 'handed_off')`,
    number,
  );
  return open > 0;
}

export const stories: readonly Story[] = [asks, writesInABurst, callsInVain, stops, books];

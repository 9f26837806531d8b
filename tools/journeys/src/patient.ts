import { newId } from '@frontdesk/kernel';
import type { ClinicDefinition } from '@frontdesk/local-stack';
import type { Stack } from '@frontdesk/local-stack/stack';
import { until } from '@frontdesk/testkit';

type Telnyx = Stack['simulators']['telnyx'];

/** A person with a phone: what they send goes to the carrier, what they get is what the carrier accepted. */
export type Patient = {
  readonly number: string;
  /** Sends a text, which the carrier hands over again and again until the desk has taken it. */
  text(words: string, more?: Pick<Parameters<Telnyx['receiveText']>[0], 'copies' | 'twin' | 'media'>): Promise<void>;
  /** Sends a text and waits for the next one back. */
  ask(words: string): Promise<string>;
  /** All texts that this person got, oldest first. */
  texts(): string[];
  /** Waits for a text that fits, among those that came after the first `after`. */
  hears(pattern: RegExp, after?: number): Promise<string>;
  /** Calls the clinic; nobody answers until the test says so. */
  call(): ReturnType<Telnyx['placeCall']>;
  /** Calls and gives up; the carrier tells the desk of it again and again until the desk has taken it. */
  callInVain(): Promise<void>;
};

type Options = { stack: Stack; clinic: ClinicDefinition; number: string };

export function createPatient({ stack: { simulators }, clinic, number }: Options): Patient {
  const { telnyx } = simulators;
  const to = clinic.location.number;
  const texts = () => telnyx.accepted.filter((text) => text.to === number && text.from === to).map(({ text }) => text);
  const hears: Patient['hears'] = (pattern, after = 0) =>
    until(
      () => `a text like ${String(pattern)} after ${JSON.stringify(texts().slice(after))}`,
      () =>
        texts()
          .slice(after)
          .find((text) => pattern.test(text)),
    );
  const text: Patient['text'] = async (words, more = {}) => {
    const same = { eventId: newId(), messageId: newId() };
    await until('the desk takes the text', async () => {
      const { status } = await telnyx.receiveText({ from: number, to, text: words, ...more, ...same });
      return status === 200;
    });
  };
  const call = () => telnyx.placeCall({ from: number, to });
  return {
    number,
    text,
    async ask(words) {
      const before = texts().length;
      await text(words);
      return hears(/[^]/, before);
    },
    texts,
    hears,
    call,
    async callInVain() {
      const placed = await call();
      await placed.hangUp('originator_cancel');
      await until('the desk takes the end of the call', async () => {
        const { status } = await placed.repeat('call.hangup');
        return status === 200;
      });
    },
  };
}

import { Option } from '@commander-js/extra-typings';
import { count } from '../../arguments.ts';
import type { CommandContext } from '../../context.ts';
import { exitCodes } from '../../exit-codes.ts';
import { createPhoneClient, type PhoneClient, type PhoneDesk, type ThreadText } from '../../phone/phone-client.ts';
import { watchThread } from '../../phone/watch-thread.ts';

export const personOption = () => new Option('--as <person>', 'who: ana, ben or stranger').default('ana');
export const waitOption = () =>
  new Option('--wait <seconds>', 'how long to wait for the answer').argParser(count(600)).default(30);

type Played = {
  phone: PhoneClient;
  desk: PhoneDesk;
  person: PhoneDesk['personas'][number];
};

type Simulation = Played & {
  /** The thread so far, oldest first. */
  thread: readonly ThreadText[];
};

export type SimulateOptions = {
  as: string;
  wait: number;
  json?: true | undefined;
  /** Something else than an answer is expected: none is awaited. */
  silent?: boolean;
  /** What has to come first. */
  before?: (played: Played) => Promise<void>;
  act: (simulation: Simulation) => Promise<void>;
};

/** Does `act` as somebody, waits for the desk's answer and prints the thread. Never in production. */
export async function simulate(context: CommandContext, options: SimulateOptions): Promise<void> {
  const { as, wait, json, silent = false, before, act } = options;
  const { out } = context;
  const phone = createPhoneClient(phoneUrlOf(context));
  const desk = await phone.desk();
  const people = desk.personas.filter(({ readOnly }) => !readOnly);
  const person =
    people.find(({ id }) => id === as) ??
    out.fail(`There is no ${as}; there are ${people.map(({ id }) => id).join(', ')}.`, exitCodes.usedWrongly);
  await before?.({ phone, desk, person });
  const { thread, answers } = await watchThread(phone, person.id, {
    act: (soFar) => act({ phone, desk, person, thread: soFar }),
    withinMs: silent ? 1_000 : wait * 1_000,
  });
  if (json === true) out.json({ person: person.id, answered: answers.length > 0, thread });
  else for (const text of thread) tellText(context, text, { person: person.name, clinic: desk.clinic.name });
  if (!silent && answers.length === 0) out.fail(`The desk did not answer within ${wait} seconds.`, exitCodes.failed);
}

function phoneUrlOf({ target, out }: CommandContext): string {
  if (target.environment === 'production' || target.environment === 'staging') {
    return out.fail(
      `Nothing is simulated in ${target.environment}: real people would be written to.`,
      exitCodes.refused,
    );
  }
  return target.phoneUrl ?? out.fail('No stack runs on this machine: start one with `npm start`.', exitCodes.failed);
}

function tellText(
  { out }: CommandContext,
  { at, direction, text, state }: ThreadText,
  names: { person: string; clinic: string },
): void {
  const time = Temporal.Instant.fromEpochMilliseconds(Math.floor(at))
    .toZonedDateTimeISO('UTC')
    .toPlainTime()
    .round('second');
  const who = direction === 'out' ? names.person : out.paint('green', names.clinic);
  const refused = state === 'refused' ? ` ${out.paint('red', '(refused)')}` : '';
  out.line(`${out.paint('dim', `${time.toString()}Z`)}  ${who}: ${text}${refused}`);
}

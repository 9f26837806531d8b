import assert from 'node:assert/strict';
import { services, type ServiceName } from '@frontdesk/contracts';
import {
  agree,
  askForTimes,
  makeReminderDue,
  pickFirstTime,
  untilReminderIsArmed,
  walkToLink,
  type Patient,
} from '@frontdesk/journeys';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import type { Scene } from '../scene.ts';
import { dyingAdministration } from './dying-administration.ts';
import { dyingLookUps } from './dying-look-ups.ts';

/** What a patient does while the service dies, and what they must hear all the same, once. */
type Story = {
  /** What happens before the service is armed; the answer is what `provoke` needs of it. */
  before?: (scene: Scene, patient: Patient) => Promise<string | void>;
  provoke: (scene: Scene, patient: Patient, before: string) => Promise<unknown>;
  hears: RegExp;
};

const asks: Story = {
  provoke: (_, patient) => patient.text('What are your hours on Saturday?'),
  hears: /9 ?(:00)? ?AM/i,
};
const asksThePrice: Story = { provoke: (_, patient) => patient.text('How much is botox?'), hears: /\$12/ };
const calls: Story = { provoke: (_, patient) => patient.callInVain(), hears: /missed your call/i };
const agrees: Story = {
  before: async (_, patient) => {
    await askForTimes(patient);
    await chooseUntilTheirs(patient);
  },
  provoke: ({ desk }, patient) => agree(desk, patient),
  hears: /https?:\/\//,
};
const pays: Story = {
  before: ({ desk }, patient) => walkToLink(desk, patient),
  provoke: ({ desk }, _, link) => desk.simulators.square.pay(link),
  hears: /You're booked/,
};
const choosesAnew: Story = {
  before: ({ desk }, patient) => walkToLink(desk, patient),
  provoke: (_, patient) => patient.text('Actually, the second one works better'),
  hears: /deposit/i,
};

const isReminded: Story = {
  before: async ({ desk }, patient) => {
    const link = await walkToLink(desk, patient);
    await desk.simulators.square.pay(link);
    await patient.hears(/You're booked/);
    await untilReminderIsArmed(desk, patient);
  },
  provoke: ({ desk }, patient) => makeReminderDue(desk, patient),
  hears: /^Reminder/,
};

const chooseUntilTheirs = (patient: Patient) => pickFirstTime(patient);

const telling: readonly {
  service: ServiceName;
  /**
   * In this order; each comes after the service was brought back from the one before. Few, since a message that was
   * received ten times in vain goes to the dead letters.
   */
  failpoints: readonly [string, ...string[]];
  when: string;
  story: Story;
}[] = [
  {
    service: 'webhook-ingress',
    failpoints: ['ingress.after-verify', 'ingress.before-commit', 'ingress.after-commit'],
    when: 'before it stores a text, while it commits it, and before it says so',
    story: asks,
  },
  {
    service: 'webhook-ingress',
    failpoints: ['relay.after-claim', 'relay.after-publish'],
    when: 'before it publishes an event, and before it notes that it did',
    story: calls,
  },
  {
    service: 'conversation-worker',
    failpoints: ['turn.after-lease', 'turn.after-model'],
    when: 'with the lease of a conversation, and with an answer of the model',
    story: asks,
  },
  {
    service: 'conversation-worker',
    failpoints: ['turn.after-tool', 'turn.before-commit'],
    when: 'after the effect of a tool, and before the commit of its answer',
    story: asksThePrice,
  },
  {
    service: 'conversation-worker',
    failpoints: ['turn.after-commit', 'relay.after-publish'],
    when: 'after the commit of its answer, and before it notes that it published it',
    story: asks,
  },
  {
    service: 'conversation-worker',
    failpoints: ['consumer.before-commit', 'consumer.before-delete'],
    when: 'before the commit of a message, and before the queue hears of it',
    story: calls,
  },
  {
    service: 'payments',
    failpoints: ['payments.before-link', 'payments.after-link'],
    when: 'before it asks Square for a link, and with the link in hand',
    story: agrees,
  },
  {
    service: 'payments',
    failpoints: ['consumer.before-commit', 'payments.after-payment-commit'],
    when: 'before the commit of a payment, and before anybody hears of it',
    story: pays,
  },
  {
    service: 'payments',
    failpoints: ['payments.after-link-deleted'],
    when: 'after it deleted a link and before it releases the time',
    story: choosesAnew,
  },
  {
    service: 'messaging-worker',
    failpoints: ['consumer.before-commit', 'send.after-carrier'],
    when: 'before it claims a text, and after the carrier took it',
    story: asks,
  },
  {
    service: 'messaging-worker',
    failpoints: ['scheduled.before-commit', 'scheduled.after-commit'],
    when: 'before the commit of a reminder that is due, and right after it',
    story: isReminded,
  },
  {
    service: 'messaging-worker',
    failpoints: ['send.after-outcome', 'consumer.before-delete'],
    when: 'after it recorded that a text left, and before the queue hears of it',
    story: asks,
  },
];

/**
 * Services die side by side, each of one thing after the other. Only messaging-worker dies when the others are done: of
 * the texts that it has in hand nobody can know what became of them.
 */
const turnOf = (service: ServiceName) => (service === 'messaging-worker' ? services : [service]);

const dying = telling.map(({ service, failpoints, when, story }): Fault & { failpoints: readonly string[] } => ({
  failpoints,
  ...fault({
    name: `${service}-dies-${failpoints[0].replaceAll('.', '-')}`,
    group: 'a service that dies',
    injects: `${service} is killed ${when}`,
    holds: 'the patient hears what was due, once',
    reach: 'one service',
    turnOf: turnOf(service),
    arrange: async (scene) => {
      const patient = scene.patient();
      const earlier = await story.before?.(scene, patient);
      return { patient, earlier: earlier ?? '', textsBefore: patient.texts().length };
    },
    inject: async (scene, { patient, earlier, textsBefore }) => {
      const process = scene.desk.services[service];
      const signals: (NodeJS.Signals | null)[] = [];
      let provoked: Promise<unknown> | undefined;
      for (const failpoint of failpoints) {
        await process.arm(failpoint);
        provoked ??= story.provoke(scene, patient, earlier);
        provoked.catch(() => {}); // awaited below
        signals.push((await process.untilExit(60_000)).signal);
      }
      await process.restart();
      await provoked;
      await patient.hears(story.hears, textsBefore);
      return { signals, heard: () => patient.texts().slice(textsBefore) };
    },
    mustHold: (_, { signals, heard }) => {
      assert.deepEqual(new Set(signals), new Set(['SIGKILL']), 'it did not die of its failpoint');
      const told = heard().filter((text) => story.hears.test(text));
      assert.equal(told.length, 1, `the patient heard it ${told.length} times`);
    },
  }),
}));

const afterClaim = 'send.after-claim';
const diesWithTextInHand: Fault & { failpoints: readonly string[] } = {
  failpoints: [afterClaim],
  ...fault({
    name: 'messaging-worker-dies-with-a-text-in-hand',
    group: 'a service that dies',
    injects: 'messaging-worker is killed after it claimed a text and before it calls the carrier',
    holds: 'nobody knows whether it left, so it is not sent again, and staff have a task',
    reach: 'one service',
    turnOf: turnOf('messaging-worker'),
    inject: async (scene) => {
      const { desk } = scene;
      const patient = scene.patient();
      const process = desk.services['messaging-worker'];
      await process.arm(afterClaim);
      await patient.text('What are your hours on Saturday?');
      await process.untilExit(60_000);
      await process.restart();
      await until('a task for the text whose fate is unknown', async () => (await unknownTasks(scene, patient)) === 1);
      return patient;
    },
    mustHold: (_, patient) => assert.deepEqual(patient.texts(), []),
  }),
};

const afterStore = 'media.after-store';
const jpeg = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16]), Buffer.from('JFIF'), Buffer.alloc(64)]);
const diesWithPictureInStore: Fault & { failpoints: readonly string[] } = {
  failpoints: [afterStore],
  ...fault({
    name: 'messaging-worker-dies-with-a-picture-in-the-store',
    group: 'a service that dies',
    injects: 'messaging-worker is killed after it put a picture into the store and before it notes that',
    holds: 'the picture is fetched again over the first, and the patient is answered once',
    reach: 'one service',
    turnOf: turnOf('messaging-worker'),
    inject: async (scene) => {
      const { desk, networks } = scene;
      const patient = scene.patient();
      const process = desk.services['messaging-worker'];
      const url = new URL(desk.simulators.telnyx.layOut({ contentType: 'image/jpeg', bytes: jpeg }));
      url.port = String(networks.carrier.port);
      await process.arm(afterStore);
      await patient.text('', { media: [{ url: url.href, content_type: 'image/jpeg', size: jpeg.length }] });
      const { signal } = await process.untilExit(60_000);
      await process.restart();
      // A picture in hand is left alone for minutes.
      await desk.rows.query(
        "update inbound_media set next_attempt_at = now() - interval '1 minute' where state = 'queued' and url = $1",
        [url.href],
      );
      await until('the picture is stored', async () => (await picturesOf(scene, url)) === 1);
      await patient.hears(/can't look at pictures/);
      return { signal, heard: () => patient.texts() };
    },
    mustHold: (_, { signal, heard }) => {
      assert.equal(signal, 'SIGKILL', 'it did not die of its failpoint');
      assert.equal(heard().length, 1, `the patient got ${heard().length} texts`);
    },
  }),
};

const picturesOf = ({ desk }: Scene, { href }: URL) =>
  desk.count("from inbound_media where url = $1 and state = 'stored' and attempts = 2", href);

/** Tasks for staff about texts to this person that may or may not have left. */
export function unknownTasks({ desk }: Scene, { number }: Patient): Promise<number> {
  return desk.count(
    `from staff_tasks t join outbound_messages m on m.org_id = t.org_id and m.id = t.message_id
     where t.kind = 'text-outcome-unknown' and m.to_number = $1`,
    number,
  );
}

export const dyingServices = [
  ...dying,
  diesWithTextInHand,
  diesWithPictureInStore,
  ...dyingLookUps,
  ...dyingAdministration,
];

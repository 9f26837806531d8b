import assert from 'node:assert/strict';
import type { ServiceName } from '@frontdesk/contracts';
import { dying, type DyingService, type Failpoints } from './dying.ts';
import { dyingAdministration } from './dying-administration.ts';
import { dyingLookUps } from './dying-look-ups.ts';
import { agrees, asks, asksThePrice, calls, choosesAnew, isReminded, pays, type Story } from './dying-stories.ts';
import { dyingRegistrations } from './dying-registrations.ts';
import { dyingWithWorkInHand } from './dying-with-work-in-hand.ts';

const telling: readonly {
  service: ServiceName;
  failpoints: Failpoints;
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

const dyingInStories = telling.map(({ service, failpoints, when, story }) =>
  dying(
    { service, failpoints },
    {
      name: `${service}-dies-${failpoints[0].replaceAll('.', '-')}`,
      injects: `${service} is killed ${when}`,
      holds: 'the patient hears what was due, once',
      arrange: async (scene) => {
        const patient = scene.patient();
        const earlier = await story.before?.(scene, patient);
        return { patient, earlier: earlier ?? '', textsBefore: patient.texts().length };
      },
      inject: async (scene, { patient, earlier, textsBefore }) => {
        await scene.die(() => story.provoke(scene, patient, earlier));
        await patient.hears(story.hears, textsBefore);
        return () => patient.texts().slice(textsBefore);
      },
      mustHold: (_, heard) => {
        const told = heard().filter((text) => story.hears.test(text));
        assert.equal(told.length, 1, `the patient heard it ${told.length} times`);
      },
    },
  ),
);

export const dyingServices: readonly DyingService[] = [
  ...dyingInStories,
  ...dyingWithWorkInHand,
  ...dyingLookUps,
  ...dyingRegistrations,
  ...dyingAdministration,
];

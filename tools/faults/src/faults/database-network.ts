import assert from 'node:assert/strict';
import { fault, type Fault } from '../fault.ts';
import { untilNextMoment } from '../stand/moments.ts';
import { statusOfText, untilTextsAreTaken } from '../stand/status-of-text.ts';

const group = 'the database';
const reach = 'the whole desk';

const longerThanTheCarrierTriesMs = 6_000;

const outage = fault({
  name: 'postgres-is-away',
  group,
  injects: 'no connection to Postgres can be made for longer than the carrier repeats a webhook',
  holds: 'what was answered 200 is kept; what was not comes again',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    await scene.untilBusy();
    const { postgres } = scene.networks;
    await postgres.disconnect();
    const answers: (number | null)[] = [];
    const end = Date.now() + longerThanTheCarrierTriesMs;
    while (Date.now() < end) answers.push(await statusOfText(scene));
    await postgres.connectAgain();
    return answers;
  },
  mustHold: (_, answers) => assert.deepEqual(new Set(answers), new Set([503])),
});

const cutConnections = fault({
  name: 'connections-to-postgres-break',
  group,
  injects: 'every connection to Postgres breaks, eight times within two seconds',
  holds: 'work in hand is done again or was done, once',
  reach,
  inject: async (scene) => {
    await scene.untilBusy();
    for (let n = 0; n < 8; n += 1) {
      scene.networks.postgres.cut();
      await untilNextMoment(scene);
    }
  },
});

const slow = fault({
  name: 'postgres-is-slow',
  group,
  injects: 'every answer of Postgres takes 40 ms longer',
  holds: 'everything takes longer and nothing else changes',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    scene.networks.postgres.slowDown(40);
    await scene.untilBusy();
    await scene.patient().ask('What are your hours on Saturday?');
  },
});

const silent = fault({
  name: 'network-to-postgres-swallows-everything',
  group,
  injects: 'what the services and Postgres send each other is swallowed, with every connection open',
  holds: 'nobody waits for ever; work goes on when the network is back',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    await scene.untilBusy();
    scene.networks.postgres.goSilent();
    const status = await statusOfText(scene);
    scene.networks.postgres.behave();
    await untilTextsAreTaken(scene);
    return status;
  },
  mustHold: (_, status) => assert.notEqual(status, 200),
});

export const databaseNetwork: readonly Fault[] = [outage, cutConnections, slow, silent];

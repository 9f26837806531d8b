import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { services } from '@frontdesk/contracts';
import { until } from '@frontdesk/testkit';
import { fault, type Fault } from '../fault.ts';
import { isAbout, mistreatAnswers, questionOf } from '../stand/at-the-model.ts';

const group = 'the processes';
const reach = 'the whole desk';

const frozen = fault({
  name: 'worker-freezes-past-its-lease',
  group,
  injects: 'conversation-worker stands still in a turn for longer than its lease, another text comes, and it goes on',
  holds: 'another instance answers both texts at once; what the frozen one then writes is refused',
  reach,
  inject: async (scene) => {
    const { desk } = scene;
    const worker = desk.services['conversation-worker'];
    const patient = scene.patient();
    mistreatAnswers(scene, patient, { kind: 'delay', ms: 400 }, 1);
    await patient.text(questionOf(patient));
    await until('it thinks', () => desk.simulators.bedrock.requests.some(isAbout(patient)));
    process.kill(worker.pid, 'SIGSTOP');
    const other = await (async () => {
      try {
        await patient.text('And where are you?');
        const started = await desk.startInstance('conversation-worker');
        await patient.hears(/./);
        return started;
      } finally {
        process.kill(worker.pid, 'SIGCONT');
      }
    })();
    // It finishes what it has in hand first.
    await worker.restart();
    await other.stop();
    return patient;
  },
  mustHold: (_, patient) => assert.equal(patient.texts().length, 1),
});

const rolling = fault({
  name: 'rolling-restart',
  group,
  injects: 'each service is asked to stop and started again, while patients write',
  holds: 'what is in hand is finished first; nobody is left without an answer and no text is left unknown',
  reach,
  inject: async (scene) => {
    const { desk } = scene;
    await scene.untilBusy();
    const before = await desk.count("from outbound_messages where state = 'unknown'");
    // One after the other, as a deployment does.
    for (const name of services) await desk.services[name].restart();
    return before;
  },
  mustHold: async ({ desk }, before) =>
    assert.equal(await desk.count("from outbound_messages where state = 'unknown'"), before),
});

const killedAtRandom = fault({
  name: 'services-are-killed-at-any-moment',
  group,
  injects: 'every service is killed at a moment that the seed chooses, in an order that it chooses',
  holds: 'what a dead messaging-worker had in hand is left to staff; all else goes on',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    const { desk, random } = scene;
    await scene.untilBusy();
    const order = services.map((name) => ({ name, at: random() })).toSorted((a, b) => a.at - b.at);
    for (const { name } of order) {
      await desk.services[name].kill('SIGKILL');
      await desk.services[name].restart();
    }
  },
});

const allStartAtOnce = fault({
  name: 'everything-starts-with-a-backlog',
  group,
  injects: 'the workers are away while texts come, and then all start at once',
  holds: 'every text is answered, and none twice',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    const { desk } = scene;
    const workers = services.filter((name) => name !== 'webhook-ingress');
    await Promise.all(workers.map((name) => desk.services[name].kill('SIGTERM')));
    const patients = Array.from({ length: 30 }, () => scene.patient());
    await Promise.all(patients.map((patient) => patient.text('What are your hours on Saturday?')));
    await Promise.all(workers.map((name) => desk.services[name].restart()));
    await Promise.all(patients.map((patient) => patient.hears(/9/)));
    return patients;
  },
  mustHold: (_, patients) => {
    for (const patient of patients) assert.equal(patient.texts().length, 1);
  },
});

const muted = fault({
  name: 'nobody-reads-the-logs',
  group,
  injects: 'nobody reads what the services print, until the pipe is full',
  holds: 'webhooks are taken again once somebody reads, and nothing is lost',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    const { desk } = scene;
    const worker = desk.services['conversation-worker'];
    await worker.restart({ LOG_LEVEL: 'trace' });
    worker.readLogs(false);
    await scene.untilBusy();
    const patient = scene.patient();
    await patient.text('What are your hours on Saturday?');
    worker.readLogs(true);
    await patient.hears(/9/);
    await worker.restart();
    return patient;
  },
  mustHold: (_, patient) => assert.equal(patient.texts().length, 1),
});

const skewedClock = fileURLToPath(new URL('../stand/skewed-clock-process.ts', import.meta.url));

const wrongClock = fault({
  name: 'clocks-that-disagree',
  group,
  injects: 'the clock of conversation-worker is ten minutes behind and that of payments 20 seconds ahead',
  holds: 'leases go by the clock of the database; everything has its effect once',
  reach,
  longRunsOnly: true,
  inject: async (scene) => {
    const { desk } = scene;
    const skewed = (ms: number) => ({ NODE_OPTIONS: `--import=${skewedClock}`, CLOCK_SKEW_MS: String(ms) });
    await desk.services['conversation-worker'].restart(skewed(-600_000));
    await desk.services.payments.restart(skewed(20_000));
    await scene.untilBusy();
    const patient = scene.patient();
    await patient.ask('What are your hours on Saturday?');
    await desk.services['conversation-worker'].restart();
    await desk.services.payments.restart();
    return patient;
  },
  mustHold: (_, patient) => assert.equal(patient.texts().length, 1),
});

export const processFaults: readonly Fault[] = [frozen, rolling, killedAtRandom, allStartAtOnce, muted, wrongClock];

import { parseArgs } from 'node:util';
import { measureRelay } from './measure-relay.ts';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '5' },
    events: { type: 'string', default: '20000' },
    naive: { type: 'string', default: '2000' },
    behind: { type: 'string', default: '1000000' },
    json: { type: 'boolean', default: false },
  },
});
const [floor, goal, tolerance] = [20, 45, 0.1];

const result = await measureRelay({
  rounds: Number(values.rounds),
  events: Number(values.events),
  naiveEvents: Number(values.naive),
  publishedBehind: Number(values.behind),
  say: values.json ? () => {} : (line) => console.log(line),
});

if (values.json) console.log(JSON.stringify({ benchmark: 'relay', ...result }));
else {
  console.table(result.rounds);
  const { timesNaive, behindToEmpty } = result;
  console.log(`relay: ${timesNaive.toFixed(1)}x of a relay that sends one by one (median of ${values.rounds} rounds)`);
  console.log(
    `floor ${floor}x ${timesNaive >= floor ? 'held' : 'MISSED'}, goal ${goal}x ${timesNaive >= goal ? 'reached' : 'not reached'}`,
  );
  const held = Math.abs(1 - behindToEmpty) <= tolerance;
  console.log(
    `with ${result.publishedBehind} published events behind it: ${behindToEmpty.toFixed(2)} of its speed with none; ` +
      `within ${tolerance * 100} % ${held ? 'held' : 'MISSED'}`,
  );
  console.log('every cell: events committed = messages in the queue, and the outbox is empty');
}
if (result.timesNaive < floor) process.exitCode = 1;

import { parseArgs } from 'node:util';
import { measurePath, type PathResult } from './measure-path.ts';

const { values } = parseArgs({
  options: {
    rate: { type: 'string', default: '200' },
    seconds: { type: 'string', default: '20' },
    rounds: { type: 'string', default: '3' },
    json: { type: 'boolean', default: false },
  },
});

const results: PathResult[] = [];
for (let round = 0; round < Number(values.rounds); round += 1) {
  results.push(
    await measurePath({ perSecond: Number(values.rate), seconds: Number(values.seconds), warmUpSeconds: 10 }),
  );
}
if (values.json) console.log(JSON.stringify({ benchmark: 'path', rate: Number(values.rate), results }));
else console.table(results);

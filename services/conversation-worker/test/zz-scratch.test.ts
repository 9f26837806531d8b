import { it } from '@jest/globals';
import { writeFileSync, appendFileSync } from 'node:fs';
import { bedrockModel } from '../../../packages/providers/src/bedrock/index.ts';
import { startBedrockSimulator } from '@frontdesk/simulators';
import { answerWith, meet, newClinic, openScene, now } from './scene.ts';

process.env['AWS_ACCESS_KEY_ID'] = 'x';
process.env['AWS_SECRET_ACCESS_KEY'] = 'x';
const scripts = (process.env['TALKS'] ?? '').split('||');
it('talks', async () => {
  writeFileSync('/tmp/fm/out.txt', '');
  const say = (line: string) => appendFileSync('/tmp/fm/out.txt', `${line}\n`);
  const scene = await openScene();
  const simulator = await startBedrockSimulator({ model: (process.env['MODEL'] ?? 'friendly') as 'friendly' });
  const model = bedrockModel({ region: 'us-east-1', endpoint: simulator.url, modelId: 'us.anthropic.claude-haiku-5-5', maxTokens: 900, requestTimeoutMs: 5000 });
  for (const script of scripts) {
    say('\n==========');
    const clinic = await newClinic(scene);
    const patient = await meet(scene, clinic);
    let t = now;
    const answer = answerWith(scene, model, { clock: () => Temporal.Now.instant() });
    for (const text of script.split('|')) {
      t = t.add({ seconds: 40 });
      const before = (await patient.heard()).length;
      const reqs = simulator.requests.length;
      say(`P: ${text}`);
      await patient.texts(text);
      await answer(patient);
      const last = simulator.requests.at(-1)!;
      if (simulator.requests.length > reqs) for (const m of last.body.messages.slice(-((simulator.requests.length - reqs - 1) * 2))) for (const b of (simulator.requests.length - reqs > 1 ? m.content : [])) {
        if (b.toolUse) say(`   -> ${b.toolUse.name} ${JSON.stringify(b.toolUse.input)}`);
        if (b.toolResult) say(`      ${JSON.stringify(b.toolResult.content[0]?.json).slice(0, 260)}`);
        if (m.role === 'user' && b.text) say(`      [${b.text}]`);
      }
      for (const h of (await patient.heard()).slice(before)) say(`D: ${h}`);
      const turn = (await patient.turns()).at(-1);
      if (turn?.failure) say(`!!!!! ${turn.failure}`);
    }
  }
  model.close(); await simulator.stop(); await scene.server.drop?.();
}, 120_000);

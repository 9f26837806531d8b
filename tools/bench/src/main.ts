import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

// `npm run bench` measures everything; `npm run bench -- relay --rounds 3` one thing, with its own options.
const benchmarks = ['ingress', 'relay', 'path'];
const [name, ...options] = process.argv.slice(2);
if (name !== undefined && !benchmarks.includes(name)) {
  console.error(`unknown benchmark "${name}"; known are ${benchmarks.join(', ')}`);
  process.exit(2);
}

for (const benchmark of name === undefined ? benchmarks : [name]) {
  console.log(`\n== ${benchmark}`);
  const script = fileURLToPath(new URL(`./${benchmark}/main.ts`, import.meta.url));
  const child = spawn(process.execPath, [script, ...options], { stdio: 'inherit' });
  const [code] = await once(child, 'exit');
  if (code !== 0) process.exitCode = 1;
}

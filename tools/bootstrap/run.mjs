// Runs a command of the project on a machine that has only git, Node 20 or newer and npm: installs what is missing,
// then hands over to the pinned Node and pnpm. Has no dependencies, because nothing may be installed yet.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const pnpm = ['--yes', JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager];
const stamp = join(root, 'node_modules', '.frontdesk-installed');

/** What each command runs, in order, until one fails; a step is a program and its arguments. What follows the command goes to the last. */
const commands = {
  // Installs what is missing, as every command does, and nothing else.
  setup: [['node', '--version']],
  start: [['node', 'tools/phone/src/main.ts']],
  verify: [
    ['oxfmt', '--check'],
    ['oxlint', '--type-aware', '--deny-warnings'],
    ['tsc', '-p', 'tsconfig.json'],
    ['tsc', '-p', 'tools/phone/tsconfig.json'],
    ['knip', '--no-config-hints'],
  ],
  jest: [['node', '--experimental-vm-modules', '--no-warnings=ExperimentalWarning', 'node_modules/jest/bin/jest.js']],
  'deploy:svc': [['node', 'infra/src/deploy/main.ts']],
  bench: [['node', 'tools/bench/src/main.ts']],
  faults: [['node', 'tools/faults/src/main.ts']],
  frontdesk: [['node', 'tools/frontdesk/src/main.ts']],
  docs: [['node', 'tools/docs/src/main.ts']],
  images: [['node', 'tools/images/src/main.ts']],
  changed: [['node', 'tools/delivery/src/changed/main.ts']],
  migrations: [['node', 'tools/delivery/src/migrations/main.ts']],
  synth: [
    [
      'infra/node_modules/.bin/cdk',
      'synth',
      '--app',
      'node infra/src/main.ts',
      '--quiet',
      '--output',
      '.frontdesk/cdk',
    ],
  ],
};
commands.test = [...commands.verify, ...commands.jest];

const [name = 'start', ...rest] = process.argv.slice(2);
if (!(name in commands)) fail(`unknown command "${name}"; known are ${Object.keys(commands).join(', ')}`);
install();
const node = pinnedNode();
const env = {
  ...process.env,
  PATH: [dirname(node), join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter),
};
await runAll(commands[name]);

function install() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'pnpm-lock.yaml')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  say('Installing what is missing (once; about a minute)');
  step('npx', [...pnpm, 'install', '--frozen-lockfile', '--reporter=append-only', '--loglevel=warn']);
  const withNode = {
    ...process.env,
    PATH: [dirname(pinnedNode()), process.env.PATH].join(delimiter),
    CHECKPOINT_DISABLE: '1',
  };
  // The generator needs no engine, and the engine cannot be downloaded everywhere.
  withNode.PRISMA_SCHEMA_ENGINE_BINARY = '/bin/false';
  step('npx', [...pnpm, '--filter', '@frontdesk/db', 'generate'], withNode);
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, lock);
}

function step(program, args, environment = process.env) {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, env: environment, encoding: 'utf8' });
  if (status !== 0) fail(`${program} ${args.join(' ')} failed${error ? `: ${error.message}` : ''}\n${stdout}${stderr}`);
}

/** The Node 26 that npm brought, or the running one when it is new enough. */
function pinnedNode() {
  const major = Number(process.versions.node.split('.')[0]);
  const brought = `node-${process.platform === 'darwin' ? 'bin-darwin' : process.platform}-${process.arch}`;
  try {
    return join(dirname(createRequire(join(root, 'package.json')).resolve(`${brought}/package.json`)), 'bin', 'node');
  } catch {
    if (major >= 26) return process.execPath;
    return fail(
      `this machine (${process.platform} ${process.arch}) needs Node 26 or newer; it runs ${process.versions.node}`,
    );
  }
}

async function runAll(steps) {
  for (const [program, ...args] of steps.with(-1, [...steps.at(-1), ...rest])) {
    const code = await run(program === 'node' ? node : program, args);
    if (code !== 0) process.exit(code);
  }
}

/** Signals go to the child alone, which stops by itself; this process then ends with the child's code. */
function run(program, args) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, env, stdio: 'inherit' });
    const pass = (signal) => child.kill(signal);
    process.on('SIGTERM', pass);
    // Ctrl-C reaches the child through the terminal.
    process.on('SIGINT', () => {});
    child.once('error', (error) => fail(`${program} did not start: ${error.message}`));
    child.once('close', (code, signal) => resolve(code ?? (signal === 'SIGINT' || signal === 'SIGTERM' ? 0 : 1)));
  });
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(reason) {
  say(reason);
  return process.exit(1);
}

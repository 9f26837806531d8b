import { freePort } from '@frontdesk/local-stack';
import { removeStackFile, writeStackFile } from '@frontdesk/local-stack/stack-file';
import { createServer } from 'node:net';
import { styleText } from 'node:util';
import { readArguments } from './read-arguments.ts';
import { buildWeb, type BuiltWeb } from './server/build-web.ts';
import { startPhone, type Phone } from './server/start-phone.ts';

const usualPort = 4400;
const startedAt = performance.now();
const stackFile = process.env['FRONTDESK_STACK_FILE'];

const asked = readArguments(process.argv.slice(2));
if ('say' in asked) {
  (asked.exitCode === 0 ? process.stdout : process.stderr).write(asked.say);
  process.exit(asked.exitCode);
}

let phone: Phone | null = null;
let stopping = false;
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop());

say('Starting the desk');
try {
  const port = (await isFree(usualPort)) ? usualPort : await freePort();
  phone = await startPhone({
    web: timed('page', buildWeb),
    mode: asked.mode,
    port: Number(process.env['PORT'] ?? port),
    onStep: ({ name, detail, ms }) => line(name, detail, ms),
  });
  tellTools(phone);
  const took = ((performance.now() - startedAt) / 1_000).toFixed(1);
  const address = styleText(['bold', 'green'], phone.url);
  say(`\n  Ready in ${took} s: ${address}   ${styleText('dim', '(Ctrl-C stops everything)')}`);
  say(styleText('dim', `  Administration, for programs: ${phone.stack.services.api.url}/admin/docs\n`));
} catch (error) {
  if (!stopping) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

/** While it still starts, the end of this process is enough: every child ends with it. */
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  say('\nStopping');
  removeStackFile(process, stackFile);
  await phone?.stop();
  process.exit(0);
}

/** The command line finds this stack by itself. */
function tellTools({ url, stack }: Phone): void {
  writeStackFile(
    {
      pid: process.pid,
      startedAt: Temporal.Now.instant().toString(),
      phoneUrl: url,
      webhookUrl: stack.webhookUrl,
      apiUrl: stack.services.api.url,
      issuerUrl: stack.issuer.url,
      sqsEndpoint: stack.sqsEndpoint,
      databaseOperatorUrl: stack.database.operatorUrl ?? null,
      databaseAdminUrl: stack.database.adminUrl,
    },
    stackFile,
  );
}

async function timed(name: string, work: () => Promise<BuiltWeb>): Promise<BuiltWeb> {
  const from = performance.now();
  const web = await work();
  line(name, web.built ? 'built' : 'built before', Math.round(performance.now() - from));
  return web;
}

function line(name: string, detail: string, ms: number): void {
  if (stopping) return;
  const time = `${(ms / 1_000).toFixed(1)} s`.padStart(7);
  say(`  ${styleText('green', '✓')} ${name.padEnd(21)}${styleText('dim', `${detail.padEnd(26)}${time}`)}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  const listens = await new Promise<boolean>((resolve) => {
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => resolve(true));
  });
  await new Promise((resolve) => server.close(resolve));
  return listens;
}

import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Opens the Chromium of this machine; `CHROMIUM_PATH` names another.
 * @throws Error that says how to install it when there is none
 */
export async function openBrowser(): Promise<Browser> {
  const executablePath = [process.env['CHROMIUM_PATH'], ...places].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (executablePath === undefined) {
    throw new Error(
      'There is no Chromium on this machine. Install it with "apt-get update && apt-get install -y chromium", ' +
        'or name one in CHROMIUM_PATH.',
    );
  }
  return chromium.launch({ executablePath, args: flags });
}
